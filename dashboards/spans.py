"""Periods beside a period: the one before, the one after, the same one a year earlier, the last so many."""

from collections.abc import Iterator
from datetime import date, timedelta

from metrics.errors import Misconfigured
from metrics.months import BY_KIND
from metrics.period import EVERY_FORM, Period, parse


def form(period: Period) -> str:
    """Day, week, month, quarter, year … as EVERY_FORM has them."""
    return next(form for form, name in EVERY_FORM.items() if name(period.first) == period.name)


def before(period: Period) -> Period | None:
    """None at the edge of the calendar."""
    return _same_form(period, -1)


def after(period: Period) -> Period | None:
    return _same_form(period, +1)


def year_before(period: Period) -> Period | None:
    """The period of that name a year earlier; None for a 29 February, or a week 53 that was not."""
    year, _, rest = period.name.partition("-")
    try:
        return parse(f"{int(year) - 1:04d}" + (f"-{rest}" if rest else ""))
    except Misconfigured:
        return None


def history(period: Period, count: int) -> list[Period]:
    """The last so many periods up to this one, oldest first."""
    return list(_backwards(period, count))[::-1]


def _backwards(period: Period | None, count: int) -> Iterator[Period]:
    while period is not None and count:
        yield period
        period, count = before(period), count - 1


def _same_form(period: Period, step: int) -> Period | None:
    kind = form(period)
    day = period.first - timedelta(days=1) if step < 0 else _next_begins(period, kind)
    try:
        return parse(EVERY_FORM[kind](day))
    except Misconfigured:
        return None


def _next_begins(period: Period, kind: str) -> date:
    """The day after, but nine months begin a year apart."""
    if kind in BY_KIND and not BY_KIND[kind].whole_year:
        return period.first.replace(year=period.first.year + 1)
    return period.last + timedelta(days=1)


def alongside(earlier: Period, period: Period, today: date) -> Period:
    """As much of an earlier period as has passed of this one, so that like is compared with like."""
    if not period.first <= today < period.last:
        return earlier
    return Period(earlier.name, earlier.first, min(earlier.last, earlier.first + (today - period.first)))

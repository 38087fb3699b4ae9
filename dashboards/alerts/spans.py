"""Which periods a threshold looks at: the running one, or for changes the last that is over and the one before."""

from dataclasses import dataclass
from datetime import date, timedelta

from dashboards.spans import before
from metrics.alerting.threshold import Measured, Threshold
from metrics.period import FORMS_BY_NAME, Period, parse

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Span:
    """`then` is None where the value itself is looked at."""

    now: Period
    then: Period | None = None


def span(threshold: Threshold, today: date) -> Span:
    """The running period ends today, so that what is dated ahead does not count yet."""
    name = FORMS_BY_NAME[threshold.over]
    running = parse(name(today))
    if threshold.measured is Measured.VALUE:
        return Span(Period(running.name, running.first, today))
    if threshold.over == "day":
        yesterday = today - timedelta(days=1)
        return Span(parse(name(yesterday)), parse(name(yesterday - WEEK)))
    last = before(running)
    earlier = before(last) if last else None
    if last is None or earlier is None:
        raise AssertionError  # at the edge of the calendar, where nobody lives
    return Span(last, earlier)

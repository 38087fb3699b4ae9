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
    """The running period is the whole one, so that an alert shows the number that the board shows."""
    name = FORMS_BY_NAME[threshold.over]
    running = parse(name(today))
    if threshold.measured is Measured.VALUE:
        return Span(running)
    if threshold.over == "day":
        yesterday = today - timedelta(days=1)
        return Span(parse(name(yesterday)), parse(name(yesterday - WEEK)))
    last = before(running)
    earlier = before(last) if last else None
    if last is None or earlier is None:
        raise AssertionError  # at the edge of the calendar, where nobody lives
    return Span(last, earlier)


def as_of_day(asked: Span, day: date) -> Span:
    """The same, had it been asked at the end of that day: nothing that came to pass later counts."""
    if asked.then is not None:
        return asked
    return Span(Period(asked.now.name, asked.now.first, min(asked.now.last, day)))

"""Periods in which figures are asked: a year, quarter, month, ISO week or day of civil time, and periods of reports."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from metrics.civil import FIRST_YEAR, LAST_YEAR
from metrics.errors import Misconfigured
from metrics.months import BY_KIND, CALENDAR, OTHERS

FORMS = (
    "2022, 2022-Q3, 2022-06, 2022-W23 or 2022-06-15; 2022-H1 or 2022-9M; reporting periods, from the 15th to the 14th: "
    "2022-BC06, 2022-BCQ3, 2022-BCH1, 2022-BC9M or 2022-BC"
)


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included."""

    name: str
    first: date
    last: date


def _week(year: int, week: int) -> tuple[date, date]:
    monday = date.fromisocalendar(year, week, 1)
    return monday, monday + timedelta(days=6)


def _day(year: int, month: int, day: int) -> tuple[date, date]:
    return date(year, month, day), date(year, month, day)


SPANS: tuple[tuple[str, Callable[..., tuple[date, date]]], ...] = (
    *((each.pattern, each.span) for each in BY_KIND.values()),
    (r"(\d{4})-W(\d{2})", _week),
    (r"(\d{4})-(\d{2})-(\d{2})", _day),
)


def parse(name: str) -> Period:
    """The period of that name; Misconfigured says which names there are."""
    for pattern, span in SPANS:
        if match := re.fullmatch(pattern, name, re.ASCII):
            try:
                first, last = span(*map(int, match.groups()))
            except ValueError:
                break  # month 13, week 53 of a year without one, 30 February
            if first.year > FIRST_YEAR and last.year < LAST_YEAR:
                return Period(name, first, last)
    msg = f"period: not a period between {FIRST_YEAR + 1} and {LAST_YEAR - 1}; write {FORMS}"
    raise Misconfigured([msg])


FORMS_BY_NAME: Mapping[str, Callable[[date], str]] = MappingProxyType(
    {
        "day": lambda day: day.isoformat(),
        "week": lambda day: "{:04d}-W{:02d}".format(*day.isocalendar()),
        **{each.kind: each.name for each in reversed(CALENDAR)},
    }
)
"""How the period of each form that a day lies in is called, shortest first."""

EVERY_FORM: Mapping[str, Callable[[date], str]] = MappingProxyType(
    {**FORMS_BY_NAME, **{each.kind: each.name for each in OTHERS}}
)
"""The same with half-years, nine months and the periods of reports."""


def containing(day: date) -> tuple[Period, ...]:
    """The day, ISO week, month, quarter and year that a day lies in, shortest first; without what the calendar cuts."""
    return tuple(_known(name(day) for name in FORMS_BY_NAME.values()))


def _known(names: Iterable[str]) -> Iterator[Period]:
    for name in names:
        with suppress(Misconfigured):
            yield parse(name)

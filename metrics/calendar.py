"""The working calendar: on which days and hours offices work. Working time itself: metrics/working_time.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import accumulate, cycle, islice
from types import MappingProxyType

from metrics.civil import CIVIL

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
DAYS = (LAST_DAY - FIRST_DAY).days + 1
BEGINNING = datetime.combine(FIRST_DAY, time(), CIVIL)
MIDNIGHT = 24 * 3600
WORKING_DAY = 8 * 3600
"""Seconds: 8 working hours are a day, whatever hours a single day has."""
SATURDAY = 5  # as `weekday` numbers it


class Kind(StrEnum):
    """What was decided about a day."""

    OFF = "off"
    WORK = "work"
    HALF_MORNING = "half-morning"  # works in the morning only
    HALF_AFTERNOON = "half-afternoon"  # works in the afternoon only
    USUAL = "usual"  # as the week has it: Monday to Friday


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when a day's morning and afternoon go, in seconds after midnight."""

    morning_from: int
    morning_to: int
    afternoon_from: int
    afternoon_to: int
    morning: int = field(init=False, repr=False, compare=False)
    seconds: int = field(init=False, repr=False, compare=False)
    """How long the morning is, and the whole."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "morning", self.morning_to - self.morning_from)
        object.__setattr__(self, "seconds", self.morning + self.afternoon_to - self.afternoon_from)

    def __str__(self) -> str:
        """As on the door of an office."""
        opens, breaks, resumes, closes = map(_clock, (getattr(self, name) for name in BOUNDS))
        return f"{opens}-{breaks}, {resumes}-{closes}"

    def worked_by(self, second: int) -> int:
        """Working seconds from midnight to this second of the day."""
        morning = min(max(second, self.morning_from), self.morning_to) - self.morning_from
        return morning + min(max(second, self.afternoon_from), self.afternoon_to) - self.afternoon_from


def _clock(second: int) -> str:
    return f"{second // 3600}:{second % 3600 // 60:02}"


BOUNDS = ("morning_from", "morning_to", "afternoon_from", "afternoon_to")
CLOSED = Hours(0, 0, 0, 0)
OFFICE_HOURS = Hours(7 * 3600, 11 * 3600 + 1800, 13 * 3600 + 1800, 17 * 3600)
"""7:00-11:30 and 13:30-17:00, as the software of the field has them."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """`days` differ from the week; `hours` hold from their day on; `version` counts the changes that it has seen."""

    days: Mapping[date, Kind] = field(default_factory=lambda: MappingProxyType({}))
    hours: Mapping[date, Hours] = field(default_factory=lambda: MappingProxyType({FIRST_DAY: OFFICE_HOURS}))
    version: int = 0
    open: tuple[Hours, ...] = field(init=False, repr=False, compare=False)
    """Of each day from the first, and of one more, that is closed."""
    begun: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """Working seconds that had passed when each of those began."""

    def __post_init__(self) -> None:
        opened = _opened(self)
        object.__setattr__(self, "open", (*opened, CLOSED))
        object.__setattr__(self, "begun", tuple(accumulate([day.seconds for day in opened], initial=0)))


def _opened(calendar: Calendar) -> list[Hours]:
    """Weeks as usual, then the days that differ: a calendar is made often, and has few of those."""
    opened = [CLOSED] * DAYS
    for first, hours in sorted(calendar.hours.items()):
        week = [_of_kind(Kind.USUAL, first + timedelta(days=ahead), hours) for ahead in range(7)]
        opened[number(first) :] = islice(cycle(week), DAYS - number(first))
    for day, kind in calendar.days.items():
        in_force = max((first for first in calendar.hours if first <= day), default=None)
        opened[number(day)] = _of_kind(kind, day, calendar.hours[in_force] if in_force else CLOSED)
    return opened


def number(day: date) -> int:
    """Its place in the calendar."""
    return (day - FIRST_DAY).days


def _of_kind(kind: Kind, day: date, hours: Hours) -> Hours:
    match kind:
        case Kind.OFF:
            return CLOSED
        case Kind.HALF_MORNING:
            return Hours(hours.morning_from, hours.morning_to, 0, 0)
        case Kind.HALF_AFTERNOON:
            return Hours(0, 0, hours.afternoon_from, hours.afternoon_to)
        case Kind.USUAL if day.weekday() >= SATURDAY:
            return CLOSED
        case _:
            return hours


def works(calendar: Calendar, day: date) -> bool:
    """Whether there are working hours on that day."""
    return FIRST_DAY <= day <= LAST_DAY and calendar.open[number(day)].seconds > 0

"""Working time to the second, in both directions.

It is counted from the calendar's beginning: `elapsed` is how much had passed by a moment, and everything else is a
difference of two of those, or a search in them. The readings for Polars and SQL (metrics/readings/working_*) count in
the same way. Moments count in whole seconds; outside the calendar no time is worked.
"""

from bisect import bisect_left, bisect_right
from datetime import date, datetime, timedelta
from enum import Enum, auto

from metrics.calendar import BEGINNING, DAYS, FIRST_DAY, LAST_DAY, WORKING_DAY, Calendar, works
from metrics.civil import civil
from metrics.errors import Misconfigured

BEYOND = f"the working calendar goes from {FIRST_DAY} to {LAST_DAY}; this leads beyond"


def elapsed(calendar: Calendar, moment: datetime) -> int:
    """Working seconds from the calendar's beginning to the moment."""
    passed = moment - BEGINNING
    number = min(max(passed.days, 0), DAYS)
    return calendar.begun[number] + (calendar.open[number].worked_by(passed.seconds) if passed.days == number else 0)


def working_seconds(calendar: Calendar, start: datetime, end: datetime) -> int:
    """Working time from start to end; negative where the end comes first."""
    return elapsed(calendar, end) - elapsed(calendar, start)


def after(calendar: Calendar, moment: datetime, *, days: int = 0, seconds: int = 0) -> datetime:
    """The first moment by which so much working time has passed, in civil time; a day is 8 hours.

    One day after Monday 7:00 is Monday 17:00. Misconfigured beyond the calendar, here and below.
    """
    wanted = days * WORKING_DAY + seconds
    if wanted <= 0:
        return before(calendar, moment, seconds=-wanted) if wanted else civil(moment)
    target = elapsed(calendar, moment) + wanted
    return _at(calendar, bisect_left(calendar.begun, target) - 1, target, at_noon=Noon.BREAK_BEGINS)


def latest(calendar: Calendar, moment: datetime, *, days: int = 0, seconds: int = 0) -> datetime:
    """The last moment until which no more working time has passed, in civil time; a day is 8 hours.

    One day after Monday 7:00 is Tuesday 7:00: so the software of the field sets due dates, which keep the hour.
    """
    target = elapsed(calendar, moment) + days * WORKING_DAY + seconds
    return _at(calendar, bisect_right(calendar.begun, target) - 1, target, at_noon=Noon.BREAK_ENDS)


def before(calendar: Calendar, moment: datetime, *, days: int = 0, seconds: int = 0) -> datetime:
    """The last moment from which so much working time passes until this one, in civil time; a day is 8 hours."""
    wanted = days * WORKING_DAY + seconds
    if wanted <= 0:
        return after(calendar, moment, seconds=-wanted) if wanted else civil(moment)
    return latest(calendar, moment, seconds=-wanted)


class Noon(Enum):
    """The morning's work is done from when the break begins until it ends."""

    BREAK_BEGINS = auto()
    BREAK_ENDS = auto()


def _at(calendar: Calendar, number: int, target: int, *, at_noon: Noon) -> datetime:
    """When so many seconds had been worked, on the day of that number."""
    if not 0 <= number < DAYS:
        raise Misconfigured([BEYOND])
    hours, worked = calendar.open[number], target - calendar.begun[number]
    in_morning = worked < hours.morning or (worked == hours.morning and at_noon is Noon.BREAK_BEGINS)
    second = hours.morning_from + worked if in_morning else hours.afternoon_from + worked - hours.morning
    return BEGINNING + timedelta(days=number, seconds=second)


def workday_after(calendar: Calendar, day: date, days: int) -> date:
    """The last of so many days with working hours after this one, which does not count itself (Civil Code, art. 147).

    Before it if negative. Misconfigured beyond the calendar.
    """
    step = timedelta(days=1 if days > 0 else -1)
    while days:
        day += step
        if not FIRST_DAY <= day <= LAST_DAY:
            raise Misconfigured([BEYOND])
        days -= works(calendar, day) * step.days
    return day

"""Working time to the second, in both directions.

It is counted from the calendar's beginning: `elapsed` is how much had passed by a moment, and everything else is a
difference of two of those, or a search in them. The readings for Polars and SQL (metrics/readings/working_*) count in
the same way. Moments count in whole seconds; outside the calendar no time is worked.
"""

from bisect import bisect_left, bisect_right
from datetime import date, datetime, timedelta

from metrics.calendar import BEGINNING, DAYS, FIRST_DAY, LAST_DAY, WORKING_DAY, Calendar, works
from metrics.civil import civil
from metrics.errors import Misconfigured


def elapsed(calendar: Calendar, moment: datetime) -> int:
    """Working seconds from the calendar's beginning to the moment."""
    passed = moment - BEGINNING
    number = min(max(passed.days, 0), DAYS)
    return calendar.begun[number] + (calendar.open[number].worked_by(passed.seconds) if passed.days == number else 0)


def working_seconds(calendar: Calendar, start: datetime, end: datetime) -> int:
    """Working time from start to end; negative where the end comes first."""
    return elapsed(calendar, end) - elapsed(calendar, start)


def after(calendar: Calendar, moment: datetime, *, days: int = 0, seconds: int = 0) -> datetime:
    """The first moment by which so much working time has passed; a day is 8 hours. Civil time.

    Five days after Wednesday 8:00 is Wednesday 8:00, one day after 7:00 is 17:00. Misconfigured beyond the calendar.
    """
    wanted = days * WORKING_DAY + seconds
    if wanted <= 0:
        return before(calendar, moment, seconds=-wanted) if wanted else civil(moment)
    target = elapsed(calendar, moment) + wanted
    return _at(calendar, bisect_left(calendar.begun, target) - 1, target, morning_to_its_end=True)


def before(calendar: Calendar, moment: datetime, *, days: int = 0, seconds: int = 0) -> datetime:
    """The last moment from which so much working time passes until this one; a day is 8 hours. Civil time."""
    wanted = days * WORKING_DAY + seconds
    if wanted <= 0:
        return after(calendar, moment, seconds=-wanted) if wanted else civil(moment)
    target = elapsed(calendar, moment) - wanted
    return _at(calendar, bisect_right(calendar.begun, target) - 1, target, morning_to_its_end=False)


def _at(calendar: Calendar, number: int, target: int, *, morning_to_its_end: bool) -> datetime:
    """When `target` seconds had been worked, on the day of that number.

    All of a morning's work is done both when the morning ends and until the afternoon begins.
    """
    if not 0 <= number < DAYS:
        raise Misconfigured([f"the working calendar goes from {FIRST_DAY} to {LAST_DAY}; this leads beyond"])
    hours, worked = calendar.open[number], target - calendar.begun[number]
    in_morning = worked <= hours.morning if morning_to_its_end else worked < hours.morning
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
            raise Misconfigured([f"the working calendar goes from {FIRST_DAY} to {LAST_DAY}; this leads beyond"])
        days -= works(calendar, day) * step.days
    return day

"""The office's time: working days and their weights, moments as text. Seconds are counted from day 0."""

# ruff: noqa: PLR2004 - days around a holiday of a made-up province, read where they stand

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from ingest.simulate.names import HOLIDAYS, TET, TET_ELSE

DAY = 86_400
SATURDAY = 5
MORNING, NOON, AFTERNOON, CLOSE = 7 * 3600 + 1800, 11 * 3600 + 1800, 13 * 3600 + 1800, 17 * 3600
WEEK = (1.25, 1.1, 1.0, 1.0, 0.9, 0.08, 0.05)  # what comes in on a Monday, …, a Sunday
TET_HUSH, TET_EVE, TET_AFTER = 0.02, 0.6, 0.7


@dataclass(frozen=True)
class Worktime:
    """Days from `first` on, by number.

    `working` lists the working ones; `following[d]` is the place in it of the first that is not before d.
    """

    first: date
    texts: tuple[str, ...]
    weights: tuple[float, ...]
    working: tuple[int, ...]
    following: tuple[int, ...]
    clock: tuple[str, ...]

    def text(self, at: int) -> str:
        return self.texts[at // DAY] + self.clock[at % DAY]

    def works(self, day: int) -> bool:
        return self.working[self.following[day]] == day

    def after(self, at: int, working_days: int) -> int:
        """The same time of day, that many working days later (0: this day if it is one, else the next)."""
        return self.working[self.following[at // DAY] + working_days] * DAY + at % DAY


def worktime(first: date, days: int) -> Worktime:
    """Working days and texts for `days` days; ask for some more than will be used."""
    every = [first + timedelta(days=n) for n in range(days)]
    working = tuple(n for n, day in enumerate(every) if _works(day))
    following, place = [], 0
    for n in range(days):
        place += place < len(working) and working[place] < n
        following.append(place)
    texts = tuple(f"{day:%Y%m%d}" for day in every)
    return Worktime(first, texts, tuple(map(_weight, every)), working, tuple(following), _clock())


@cache
def _clock() -> tuple[str, ...]:
    return tuple(f"{s // 3600:02d}{s // 60 % 60:02d}{s % 60:02d}" for s in range(DAY))


def _days_from_tet(day: date) -> int:
    return (day - TET.get(day.year, date(day.year, *TET_ELSE))).days


def _works(day: date) -> bool:
    return day.weekday() < SATURDAY and (day.month, day.day) not in HOLIDAYS and not -1 <= _days_from_tet(day) < 5


def _weight(day: date) -> float:
    distance = _days_from_tet(day)
    if not _works(day):
        return TET_HUSH if -1 <= distance < 5 else min(WEEK[day.weekday()], 0.1)
    mood = TET_EVE if -9 <= distance < 0 else TET_AFTER if 0 <= distance < 12 else 1.0
    return WEEK[day.weekday()] * mood

"""The made-up province as an endless stream, for a live demonstration."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from ingest.simulate.course import Office
from ingest.simulate.flow import build, daily, reference
from ingest.simulate.province import CATALOGUE
from ingest.simulate.worktime import Worktime

ENDLESS = 20 * 365  # days: nobody watches longer
LONGEST_WAIT = 0.5  # seconds: nights and holidays pass quickly


@dataclass(frozen=True, slots=True)
class Beat:
    """One line to feed: seconds to wait before it, when the province sends it, its kind of file, its text."""

    wait: float
    at: datetime
    kind: str
    line: bytes


def live(seed: int, start: datetime, speed: float = 60.0, a_day: int = 1_200, history: int = 30) -> Iterator[Beat]:
    """The `history` days before `start` (civil time) without any wait, then `speed` seconds in each second.

    At 60, a working day takes some eight minutes and about 20 lines come a second.
    """
    rng = Random(seed)  # noqa: S311 - a simulation
    first = start.date() - timedelta(days=history)
    there, time = build(rng, CATALOGUE, first, history + ENDLESS)
    for kind, text in reference(there):
        yield Beat(0.0, _midnight(first), kind, text)
    clock = _Clock(_midnight(first), int((start - _midnight(first)).total_seconds()), speed)
    for lines in daily(Office(rng, there, time), _arrivals(time, a_day)):
        for at, kind, text in lines:
            yield Beat(clock.wait(at), clock.moment(at), kind, text)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - civil time of the province


def _arrivals(time: Worktime, a_day: int) -> Iterator[int]:
    return (int(a_day * weight) for weight in time.weights[:ENDLESS])


@dataclass(slots=True)
class _Clock:
    """Turns the distance between two moments into a wait."""

    midnight: datetime
    now: int
    speed: float

    def wait(self, at: int) -> float:
        gap, self.now = at - self.now, max(at, self.now)
        return min(max(gap, 0) / self.speed, LONGEST_WAIT)

    def moment(self, at: int) -> datetime:
        return self.midnight + timedelta(seconds=at)

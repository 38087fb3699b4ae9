"""Which days' rows have changed since when: the store keeps rows in parts that are never changed, only replaced.

A look asks of each part that was not there before which days lie in it, and remembers them; nothing is read of the
others. Rows of a day are new, or gone, only with a part that is new or gone: a day that no such part has is as it was.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain
from threading import Lock

from clickhouse_connect.driver.client import Client

from dashboards.cache import Cache
from dashboards.question import ASKED_ON
from dashboards.store import ask

HELD = 300.0
"""Seconds after which an answer is asked for again in any case: behind one address may be replicas that lag."""
LOOKED_AT = 2.0
"""Seconds for which a look serves."""
KNOWN = "_part IN {known:Array(String)}"


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=days) for days in range((last - first).days + 1))


def looking(table: str, day: str) -> str:
    """Of a known part its first row alone. Asked with one condition for both kinds, the store would read every row.

    What comes or goes between the two is found by the next look.
    """
    return f"""SELECT _part, version, [] FROM {table} WHERE {KNOWN} AND _part_offset = 0
        UNION ALL SELECT _part, anyIf(version, _part_offset = 0), groupUniqArray({day})
        FROM {table} WHERE NOT {KNOWN} GROUP BY _part"""


CELLS = looking("kpi_cell", "day")
REQUESTS = looking("request", ASKED_ON)


@dataclass(frozen=True, slots=True)
class Part:
    """`first` is the version of its first row: a table that took this one's place may use names again."""

    first: int
    days: frozenset[date]


@dataclass(frozen=True, slots=True)
class Moved:
    """The parts by name, and for each day the number of the last look that found it changed."""

    parts: Mapping[str, Part] = field(default_factory=dict)
    days: Mapping[date, int] = field(default_factory=dict)
    looks: int = 0

    @property
    def newest(self) -> date | None:
        """The last day that has rows: where events may be coming in."""
        return max(self.days, default=None)

    def last(self, first: date, last: date) -> int | None:
        """The look that last found one of these days changed, 0 where none did; None where the newest is among them."""
        if last >= (self.newest or last):
            return None
        return self.changed(first, last)

    def changed(self, first: date, last: date) -> int:
        """Likewise, whatever is coming in."""
        return max((self.days.get(day, 0) for day in _days(first, last)), default=0)


def look(client: Client, question: str, before: Moved) -> Moved:
    """By one of the questions above, always the same."""
    rows = ask(client, question, known=list(before.parts))
    found = {name: Part(int(first), frozenset(days)) for name, first, days in rows}
    if any(name in before.parts and part.first != before.parts[name].first for name, part in found.items()):
        return look(client, question, _moved(before, {}))
    return _moved(before, {name: before.parts.get(name, part) for name, part in found.items()})


def _moved(before: Moved, parts: Mapping[str, Part]) -> Moved:
    """What came or went takes its days along."""
    came = (parts[name].days for name in parts.keys() - before.parts.keys())
    went = (before.parts[name].days for name in before.parts.keys() - parts.keys())
    looks = before.looks + 1
    return Moved(parts, {**before.days, **dict.fromkeys(chain(*came, *went), looks)}, looks)


class Looks:
    """One look after the other, each beside the one before."""

    def __init__(self, client: Client, question: str, cache: Cache) -> None:
        self._client, self._question, self._cache = client, question, cache
        self._looking, self._moved = Lock(), Moved()
        self._at: dict[date, datetime] = {}

    def now(self) -> Moved:
        return self._cache.get(("moved", self._question), self._look, LOOKED_AT).value

    def rested(self, first: date, last: date) -> bool:
        """Whether the last change of these days was seen so long ago that no replica lags behind it."""
        now = self._cache.clock()
        seen = max((self._at[day] for day in _days(first, last) if day in self._at), default=now)
        return now - seen > timedelta(seconds=HELD)

    def _look(self) -> Moved:
        with self._looking:
            now = self._cache.clock()
            self._moved = moved = look(self._client, self._question, self._moved)
            self._at |= {day: now for day, number in moved.days.items() if number == moved.looks}
            return moved

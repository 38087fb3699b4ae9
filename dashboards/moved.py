"""Which days' cells have changed since when: the store keeps rows in parts that are never changed, only replaced.

A look asks of each part that was not there before which days lie in it, and remembers them; nothing is read of the
others. Rows of a day are new, or gone, only with a part that is new or gone: a day that no such part has is as it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from clickhouse_connect.driver.client import Client

from dashboards.store import ask

HELD = 300.0
"""Seconds after which an answer is asked for again in any case: behind one address may be replicas that lag."""
KNOWN = "_part IN {known:Array(String)}"
LOOK = f"""SELECT _part, version, [] FROM kpi_cell WHERE {KNOWN} AND _part_offset = 0
    UNION ALL SELECT _part, anyIf(version, _part_offset = 0), groupUniqArray(day)
    FROM kpi_cell WHERE NOT {KNOWN} GROUP BY _part"""
"""Of a known part its first row alone. Asked with one condition for both kinds, the store would read every row. What
comes or goes between the two is found by the next look."""


@dataclass(frozen=True, slots=True)
class Part:
    """`first` is the version of its first row, a fence: a table that took this one's place may use names again."""

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
        """The last day that has cells: where events may be coming in."""
        return max(self.days, default=None)

    def last(self, first: date, last: date) -> int | None:
        """The look that last found one of these days changed, 0 where none did; None where the newest is among them."""
        if last >= (self.newest or last):
            return None
        return max((look for day, look in self.days.items() if first <= day <= last), default=0)


def look(client: Client, before: Moved) -> Moved:
    rows = ask(client, LOOK, known=list(before.parts))
    found = {name: Part(int(first), frozenset(days)) for name, first, days in rows}
    if any(name in before.parts and part.first != before.parts[name].first for name, part in found.items()):
        return look(client, _moved(before, {}))
    return _moved(before, {name: before.parts.get(name, part) for name, part in found.items()})


def _moved(before: Moved, parts: Mapping[str, Part]) -> Moved:
    """What came or went takes its days along."""
    came = (parts[name].days for name in parts.keys() - before.parts.keys())
    went = (before.parts[name].days for name in before.parts.keys() - parts.keys())
    looks = before.looks + 1
    return Moved(parts, {**before.days, **dict.fromkeys(chain(*came, *went), looks)}, looks)

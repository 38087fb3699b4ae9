"""Which days' cells have changed since when: the store keeps rows in parts that are never changed, only replaced.

A look asks of each part that was not there before which days lie in it, and remembers them; nothing is read of the
others. Rows of a day are new, or gone, only with a part that is new or gone: a day that no such part has is as it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from clickhouse_connect.driver.client import Client

from dashboards.store import ask

KNOWN = "_part IN {known:Array(String)}"
LOOK = f"SELECT DISTINCT _part, if({KNOWN}, NULL, day) FROM kpi_cell WHERE NOT ({KNOWN} AND _part_offset > 0)"
"""Of a known part its first row alone; one question, so that all of it is of one moment."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The parts with their days, and for each day the number of the last look that found it changed."""

    parts: Mapping[str, frozenset[date]] = field(default_factory=dict)
    days: Mapping[date, int] = field(default_factory=dict)
    looks: int = 0

    def last(self, first: date, last: date) -> int | None:
        """The look that last found one of these days changed, 0 where none did; None where the newest is among them."""
        if last >= max(self.days, default=last):
            return None
        return max((look for day, look in self.days.items() if first <= day <= last), default=0)


def look(client: Client, before: Moved) -> Moved:
    found: dict[str, set[date]] = {}
    for part, day in ask(client, LOOK, known=list(before.parts)):
        found.setdefault(part, set()).update(() if day is None else (day,))
    parts = {part: before.parts.get(part) or frozenset(days) for part, days in found.items()}
    came_or_went = (
        *(parts[new] for new in parts.keys() - before.parts.keys()),
        *(before.parts[gone] for gone in before.parts.keys() - parts.keys()),
    )
    looks = before.looks + 1
    return Moved(parts, {**before.days, **dict.fromkeys(frozenset().union(*came_or_went), looks)}, looks)

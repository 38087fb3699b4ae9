"""Figures as they were closed beside the same figures as they are: definition by definition, row by row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.closing.closes import Close
from dashboards.closing.figures import Frozen, frozen, of_kept
from dashboards.figures import Reading, Scope, kpi
from metrics.catalogue import CATALOGUE
from metrics.kpi import Kpi

NUMBERS = ("numerator", "denominator", "value")


@dataclass(frozen=True, slots=True)
class Pair:
    """One figure; a row of a list may be missing on one side."""

    kpi: Kpi
    was: Frozen | None
    now: Frozen | None

    @property
    def differs(self) -> bool:
        if self.was is None or self.now is None:
            return True
        return any(self.was[name] != self.now[name] for name in NUMBERS)


def pairs(client: Client, close: Close, scope: Scope, family: str | None = None) -> list[Pair]:
    """Of the definitions that were closed and are still computed; a definition of today alone is nothing restated.

    The usual ones, those of a family, or with `all` every one: they are read anew, and that costs what reading costs.
    """
    was = list(of_kept(frozen(client, close, scope), family))
    kpis = _definitions(was)
    return list(_paired(kpis, scope, was, kpi(client, scope, kpis=kpis)))


def _definitions(was: Sequence[Frozen]) -> list[Kpi]:
    closed = {(row["kpi"], row["version"]) for row in was}
    return [each for each in CATALOGUE if (each.id, each.version) in closed]


def _paired(kpis: Sequence[Kpi], scope: Scope, was: Sequence[Frozen], now: Sequence[Reading]) -> Iterator[Pair]:
    known = {(each.id, each.version): each for each in kpis}
    then, today = _by_name(was, scope.by), _by_name([reading.json() for reading in now], scope.by)
    for name in dict.fromkeys([*then, *today]):
        if name[:2] in known:
            yield Pair(known[name[:2]], then.get(name), today.get(name))


def _by_name(figures: Sequence[Frozen], by: str | None) -> Mapping[tuple[str, int, Any], Frozen]:
    return {(row["kpi"], row["version"], row[by] if by else None): row for row in figures}

"""Facts against cells: every KPI can be computed from either, and a difference is Drift, shown and never hidden.

What is just being written is in one before it is in the other. That is no drift: a difference has to last.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.figures import Reading
from dashboards.relations import NAMES, PLACE, Basis, relation
from dashboards.series import series
from dashboards.spans import form
from dashboards.store import ask
from dashboards.weighing import differing_days
from metrics.catalogue import CATALOGUE
from metrics.civil import FIRST_YEAR, LAST_YEAR
from metrics.formula import Pair
from metrics.period import Period, containing

OF_CELLS = tuple(each for each in CATALOGUE if each.of_cells)
"""What can be read from either."""
SETTLES = 3.0
"""Seconds after which a record that was being written is in both."""
MOST = 100_000
"""Cells that are looked at; where more differ than these, some days may be missing."""


@dataclass(frozen=True, slots=True)
class Drift:
    """A KPI whose two readings disagree in a period; numerator and denominator of each."""

    kpi: str
    period: str
    facts: Pair
    cells: Pair

    def json(self) -> dict[str, Any]:
        return {"kpi": self.kpi, "period": self.period, "facts": list(self.facts), "cells": list(self.cells)}


def drift(client: Client, wait: Callable[[float], None] = time.sleep) -> list[Drift]:
    """Every period of every length in which some cell differs from the facts, with what its KPIs read from each."""
    lengths: dict[str, dict[Period, None]] = {}
    for period in chain.from_iterable(map(containing, _differing_days(client, wait))):
        lengths.setdefault(form(period), {})[period] = None
    return [found for periods in lengths.values() for found in _compare(client, list(periods))]


def _differing_days(client: Client, wait: Callable[[float], None]) -> list[date]:
    """Looked at cell by cell once they weigh differently, and again a while later: what differs then as before."""
    weighed = differing_days(f"day > toDate32('{FIRST_YEAR}-12-31') AND day < toDate32('{LAST_YEAR}-01-01')")
    days = [day for (day,) in ask(client, weighed)]
    found = _differing_cells(client, days)
    if found:
        wait(SETTLES)
        found &= _differing_cells(client, sorted({day for day, _ in found}))
    return sorted({day for day, _ in found})


def _differing_cells(client: Client, days: Sequence[date]) -> set[tuple[date, int]]:
    """Each by its day, and a number that tells it and its difference."""
    if not days:
        return set()
    cells = differing("day IN {days:Array(Date32)}")
    told = f"SELECT day, cityHash64({', '.join((*PLACE, *NAMES))}) AS told FROM ({cells})"
    return {(day, cell) for day, cell in ask(client, f"{told} ORDER BY told LIMIT {MOST}", days=days)}


def differing(where: str) -> str:
    """SQL giving every cell of those days that differs from the facts."""
    sums = ", ".join(f"sum(one.{name} * sign) AS {name}" for name in NAMES)
    cells, facts = relation(Basis.CELLS, where), relation(Basis.FACTS, where)
    both = f"SELECT *, 1 AS sign FROM ({cells}) UNION ALL SELECT *, -1 AS sign FROM ({facts})"
    columns = ", ".join(PLACE)
    differs = " OR ".join(f"{name} != 0" for name in NAMES)
    return f"SELECT {columns}, {sums} FROM ({both}) AS one GROUP BY {columns} HAVING {differs}"


def _compare(client: Client, periods: Sequence[Period]) -> Iterator[Drift]:
    """Of periods of one length, by one question a year and basis, however many they are."""
    cells, facts = (series(client, OF_CELLS, periods, None, basis=basis) for basis in (Basis.CELLS, Basis.FACTS))
    for cell, fact in zip(chain(*cells), chain(*facts), strict=True):
        if _counts(cell) != _counts(fact):
            yield Drift(cell.kpi.id, cell.scope.period.name, _counts(fact), _counts(cell))


def _counts(reading: Reading) -> Pair:
    return reading.numerator, reading.denominator

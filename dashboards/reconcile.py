"""Facts against cells: every KPI can be computed from either, and a difference is Drift, shown and never hidden.

What is just being written is in one before it is in the other. That is no drift: a difference has to last.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.figures import Reading, Scope, kpi
from dashboards.relations import NAMES, PLACE, Basis, relation
from dashboards.store import ask
from metrics.catalogue import CATALOGUE
from metrics.civil import FIRST_YEAR, LAST_YEAR
from metrics.formula import Pair
from metrics.period import containing

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
    periods = {period.name: period for day in _differing_days(client, wait) for period in containing(day)}
    return [found for period in periods.values() for found in _compare(client, Scope(period))]


def _differing_days(client: Client, wait: Callable[[float], None]) -> list[date]:
    """Compared cell by cell, so that nothing cancels out; and again a while later, those days alone."""
    found = _differing_cells(client, f"day > toDate32('{FIRST_YEAR}-12-31') AND day < toDate32('{LAST_YEAR}-01-01')")
    if found:
        wait(SETTLES)
        found &= _differing_cells(client, "day IN {days:Array(Date32)}", days=sorted({day for day, _ in found}))
    return sorted({day for day, _ in found})


def _differing_cells(client: Client, where: str, **parameters: Any) -> set[tuple[date, int]]:
    """Each by its day, and a number that tells it and its difference."""
    told = f"SELECT day, cityHash64({', '.join((*PLACE, *NAMES))}) AS told FROM ({differing(where)})"
    return {(day, cell) for day, cell in ask(client, f"{told} ORDER BY told LIMIT {MOST}", **parameters)}


def differing(where: str) -> str:
    """SQL giving every cell of those days that differs from the facts."""
    sums = ", ".join(f"sum(one.{name} * sign) AS {name}" for name in NAMES)
    cells, facts = relation(Basis.CELLS, where), relation(Basis.FACTS, where)
    both = f"SELECT *, 1 AS sign FROM ({cells}) UNION ALL SELECT *, -1 AS sign FROM ({facts})"
    columns = ", ".join(PLACE)
    differs = " OR ".join(f"{name} != 0" for name in NAMES)
    return f"SELECT {columns}, {sums} FROM ({both}) AS one GROUP BY {columns} HAVING {differs}"


def _compare(client: Client, scope: Scope) -> list[Drift]:
    cells, facts = (kpi(client, scope, kpis=OF_CELLS, basis=basis) for basis in (Basis.CELLS, Basis.FACTS))
    return [
        Drift(cell.kpi.id, scope.period.name, _counts(fact), _counts(cell))
        for cell, fact in zip(cells, facts, strict=True)
        if _counts(cell) != _counts(fact)
    ]


def _counts(reading: Reading) -> Pair:
    return reading.numerator, reading.denominator

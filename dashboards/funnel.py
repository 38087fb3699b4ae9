"""How far people come on the portal's way of a submission, as a whole and by service.

What is counted are people's requests that were answered: who loads a page twice counts twice, and a robot that calls
itself a browser counts as a person. Beside them stand estimates of how many visitors made them (dashboards/visits.py).
The dossiers that came of it are counted from the dossiers themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl
from clickhouse_connect.driver.client import Client

from dashboards.names import service_names
from dashboards.question import question
from dashboards.relations import Basis
from dashboards.requested import requested
from dashboards.store import ask
from dashboards.visits import OF_PAGES, OF_SERVICES, came
from metrics.funnel import BEFORE, STEPS
from metrics.measure import RECEIVED_ONLINE
from metrics.period import Period
from metrics.terms import Total


@dataclass(frozen=True, slots=True)
class Funnel:
    """By step, about a service or, with None, about any and none. `online` dossiers were received."""

    service: str | None
    name: str | None
    requests: Mapping[str, int]
    visitors: Mapping[str, int]
    online: int

    def kept(self, step: str) -> float | None:
        """The share of the step before: more than one where that was passed by, None where nobody was there."""
        before = self.requests[BEFORE[step]]
        return self.requests[step] / before if before else None


def funnels(client: Client, period: Period, most: int | None = None) -> list[Funnel]:
    """The whole portal first, then services, at most so many, those with most requests to the first steps first."""
    online = {row[0]: int(row[1]) for row in ask(client, _ONLINE, first=period.first, last=period.last)}
    marks, served = came(client, period), _by_step(requested(client, period).steps, "served")
    order = served.filter(pl.col("procedure") != "").sort(*STEPS, "procedure", descending=[True] * len(STEPS) + [False])
    shown = order.head(most or len(order))
    visitors = _by_step(marks.filter(level=OF_SERVICES).join(shown, on="procedure", how="semi"), "visitors")
    whole = _steps(served.select(pl.lit("").alias("procedure"), pl.col(STEPS).sum()))[""]
    alone, came_to = _steps(_by_step(marks.filter(level=OF_PAGES), "visitors")).get("", NOBODY), _steps(visitors)
    names = service_names(client) if len(shown) else {}
    return [Funnel(None, None, whole, alone, sum(online.values()))] + [
        Funnel(code, names.get(code), requests, came_to.get(code, NOBODY), online.get(code, 0))
        for code, requests in _steps(shown).items()
    ]


def _by_step(rows: pl.DataFrame, counted: str) -> pl.DataFrame:
    """A row for each service, with a column for each step."""
    steps = {step: pl.col(counted).filter(page=step).sum().round().cast(pl.Int64) for step in STEPS}
    return rows.group_by("procedure").agg(**steps)


def _steps(rows: pl.DataFrame) -> dict[str, Mapping[str, int]]:
    return {service: dict(zip(STEPS, counts, strict=True)) for service, *counts in rows.iter_rows()}


NOBODY: Mapping[str, int] = MappingProxyType(dict.fromkeys(STEPS, 0))
_ONLINE = question([Total(RECEIVED_ONLINE)], Basis.CELLS, "procedure", some_agencies=False)

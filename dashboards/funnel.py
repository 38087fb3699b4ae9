"""How far people come on the portal's way of a submission, as a whole and by service.

What is counted are people's requests that were answered: who loads a page twice counts twice, and a robot that calls
itself a browser counts as a person. Beside them stand estimates of how many visitors made them (dashboards/visits.py).
The dossiers that came of it are counted from the dossiers themselves.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
from clickhouse_connect.driver.client import Client

from dashboards.names import service_names
from dashboards.question import question
from dashboards.relations import Basis
from dashboards.requested import PLACES, requested
from dashboards.store import ask
from dashboards.visits import OF_PAGES, OF_SERVICES, came, visitors
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


def funnels(client: Client, period: Period) -> list[Funnel]:
    """The whole portal first, then services, those with most requests to the first steps first."""
    online = {row[0]: int(row[1]) for row in ask(client, _ONLINE, first=period.first, last=period.last)}
    marks = came(client, period)
    served = requested(client, period).steps.group_by(PLACES).agg(pl.col("served").sum())
    requests = _by_service({(page, service): number for page, service, number in served.iter_rows()})
    by_service, alone = _by_service(visitors(marks, OF_SERVICES)), _by_service(visitors(marks, OF_PAGES))[""]
    names = service_names(client) if requests else {}
    order = sorted(requests, key=lambda service: ([-requests[service][step] for step in STEPS], service))
    whole = {step: sum(each[step] for each in requests.values()) for step in STEPS}
    return [Funnel(None, None, whole, alone, sum(online.values()))] + [
        Funnel(code, names.get(code), requests[code], by_service[code], online.get(code, 0)) for code in order if code
    ]


def _by_service(found: Mapping[tuple[str, str], int]) -> defaultdict[str, dict[str, int]]:
    """Every step of every service, also of one that nobody came to."""
    services: defaultdict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(STEPS, 0))
    for (step, service), number in found.items():
        services[service][step] = number
    return services


_ONLINE = question([Total(RECEIVED_ONLINE)], Basis.CELLS, "procedure", some_agencies=False)

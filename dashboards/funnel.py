"""How far people come on the portal's way of a submission, as a whole and by service.

What is counted are people's requests that were answered, not people: who loads a page twice counts twice, and a robot
that calls itself a browser counts as a person. The dossiers that came of it are counted from the dossiers themselves.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clickhouse_connect.driver.client import Client

from dashboards.names import service_names
from dashboards.portal import IN_PERIOD
from dashboards.question import question
from dashboards.relations import Basis
from dashboards.store import ask
from metrics.funnel import BEFORE, STEPS
from metrics.measure import RECEIVED_ONLINE
from metrics.period import Period
from metrics.terms import Total


@dataclass(frozen=True, slots=True)
class Funnel:
    """`requests` by step, about a service or, with None, about any and none. `online` dossiers were received."""

    service: str | None
    name: str | None
    requests: Mapping[str, int]
    online: int

    def kept(self, step: str) -> float | None:
        """The share of the step before: more than one where that was passed by, None where nobody was there."""
        before = self.requests[BEFORE[step]]
        return self.requests[step] / before if before else None


def funnels(client: Client, period: Period) -> list[Funnel]:
    """The whole portal first, then services, those with most requests to the first steps first."""
    given = {"first": period.first, "last": period.last}
    online = {row[0]: int(row[1]) for row in ask(client, _ONLINE, **given)}
    counted: dict[str, dict[str, int]] = {}
    for service, page, requests in ask(client, _SERVED, steps=list(STEPS), **given):
        counted.setdefault(str(service), dict.fromkeys(STEPS, 0))[str(page)] = int(requests)
    whole = {step: sum(each[step] for each in counted.values()) for step in STEPS}
    names = service_names(client) if counted else {}
    return [Funnel(None, None, whole, sum(online.values())), *_by_service(counted, online, names)]


def _by_service(
    counted: Mapping[str, Mapping[str, int]], online: Mapping[str, int], names: Mapping[str, str]
) -> Iterator[Funnel]:
    for service, requests in sorted(counted.items(), key=lambda one: ([-one[1][step] for step in STEPS], one[0])):
        if service:
            yield Funnel(service, names.get(service), requests, online.get(service, 0))


_SERVED = (
    f"SELECT procedure, page, sum(served) FROM request FINAL WHERE {IN_PERIOD} AND page IN {{steps:Array(String)}} "
    "GROUP BY procedure, page"
)
_ONLINE = question([Total(RECEIVED_ONLINE)], Basis.CELLS, "procedure", some_agencies=False)

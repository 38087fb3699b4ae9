"""How far people come on the portal's way of a submission, as a whole and by service.

What is counted are people's requests that were answered: who loads a page twice counts twice, and a robot that calls
itself a browser counts as a person. Beside them stand estimates of how many visitors made them (dashboards/visits.py).
The dossiers that came of it are counted from the dossiers themselves.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from clickhouse_connect.driver.client import Client

from dashboards.names import service_names
from dashboards.question import ASKED_IN, question
from dashboards.recall import in_pieces
from dashboards.relations import Basis
from dashboards.store import ask, frame
from dashboards.visits import visitors_by
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
    served, came, alone = zip(*in_pieces(client, period, "funnel", _stepped), strict=True)
    requests, visitors = _by_service(served, "requests"), _by_service(came, "visitors")
    names = service_names(client) if requests else {}
    order = sorted(requests, key=lambda service: ([-requests[service][step] for step in STEPS], service))
    whole = {step: sum(each[step] for each in requests.values()) for step in STEPS}
    return [Funnel(None, None, whole, _by_service(alone, "visitors")[""], sum(online.values()))] + [
        Funnel(code, names.get(code), requests[code], visitors[code], online.get(code, 0)) for code in order if code
    ]


def _stepped(client: Client, first: date, last: date) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Requests and visitors by service and page, and visitors by page alone: who asks about two services is one."""
    served = frame(client, _SERVED, SERVED, first=first, last=last)
    return served, visitors_by(client, first, last, BY, _STEP), visitors_by(client, first, last, BY[1:], _STEP)


def _by_service(read: Sequence[pl.DataFrame], counted: str) -> defaultdict[str, dict[str, int]]:
    """Every step of every service, also of one that nobody came to; without services, of the empty text."""
    services: defaultdict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(STEPS, 0))
    rows = pl.concat(read)
    by = [name for name in BY if name in rows.columns]
    for *service, step, number in rows.group_by(by).agg(pl.col(counted).sum()).iter_rows():
        services["".join(service)][step] = round(number)
    return services


BY = ("procedure", "page")
SERVED = {"procedure": pl.String(), "page": pl.String(), "requests": pl.Int64()}
_STEP = "page IN ('" + "', '".join(STEPS) + "')"
_SERVED = (
    f"SELECT procedure, page, sum(served) AS requests FROM request FINAL WHERE {ASKED_IN} AND {_STEP} AND served > 0 "
    "GROUP BY procedure, page"
)
_ONLINE = question([Total(RECEIVED_ONLINE)], Basis.CELLS, "procedure", some_agencies=False)

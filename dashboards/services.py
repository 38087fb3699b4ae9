"""Services of the catalogue, with and without dossiers in a period."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.figures import agencies_below
from dashboards.kinds import of_kind, on
from dashboards.question import FIRST, LAST
from dashboards.relations import Basis, relation
from dashboards.store import ask
from metrics.catalogue.headline import ONLINE
from metrics.period import Period

KINDS = ("one_stop", "interlinked", "electronic_process", "by_post", "has_fee")
FACETS = ("field", "authority", "level")

COLUMNS = ("procedure", "name", "field", "field_name", "authority", "level", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class Service:
    """A service in force on the period's last day; `online` by the catalogue's own definition."""

    procedure: str
    name: str | None
    field: str | None
    field_name: str | None
    authority: str | None
    level: str | None
    valid_from: date
    valid_to: date | None
    kinds: frozenset[str]
    online: bool
    received: int
    received_online: int

    @property
    def used(self) -> bool:
        return self.received > 0


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show; None shows all. `facets` are values of FACETS; of KINDS, `kinds` must all be, `not_kinds` none."""

    used: bool | None = None
    online: bool | None = None
    facets: Mapping[str, str] | None = None
    kinds: frozenset[str] = frozenset()
    not_kinds: frozenset[str] = frozenset()

    def keeps(self, service: Service) -> bool:
        return (
            self.used in {None, service.used}
            and self.online in {None, service.online}
            and self.kinds <= service.kinds
            and not self.not_kinds & service.kinds
            and all(getattr(service, name) == value for name, value in (self.facets or {}).items())
        )


def services(client: Client, period: Period, agency: str | None = None) -> list[Service]:
    """All of them, by code. With an agency, what it and those below it received; the services are the province's."""
    parameters: dict[str, Any] = {"first": period.first, "last": period.last}
    where = f"day BETWEEN {FIRST} AND {LAST}"
    if agency is not None:
        parameters["agencies"] = agencies_below(client, agency, period)
        where += " AND agency IN {agencies:Array(String)}"
    names = ", ".join((*COLUMNS, *KINDS))
    rows = ask(
        client,
        f"WITH received AS (SELECT procedure, sum(cell.received) AS received, sum(cell.received_online) AS online "
        f"FROM ({relation(Basis.CELLS, where)}) AS cell GROUP BY procedure), "
        f"newest AS (SELECT * FROM service FINAL WHERE valid_from <= {LAST} "
        f"ORDER BY valid_from DESC LIMIT 1 BY procedure) "
        f"SELECT {names}, received.received, received.online "
        f"FROM newest LEFT JOIN received USING (procedure) "
        f"WHERE valid_to IS NULL OR valid_to >= {LAST} ORDER BY procedure",
        **parameters,
    )
    online = set(on(of_kind(client, ONLINE), period.last))
    return [_service(row, online=row[0] in online) for row in rows]


def _service(row: tuple[Any, ...], *, online: bool) -> Service:
    *facts, received, received_online = row
    kinds = frozenset(kind for kind, flag in zip(KINDS, facts[len(COLUMNS) :], strict=True) if flag == "1")
    return Service(
        **dict(zip(COLUMNS, facts, strict=False)),
        kinds=kinds,
        online=online,
        received=int(received),
        received_online=int(received_online),
    )


def choices(found: Sequence[Service]) -> dict[str, list[tuple[str, str]]]:
    """For each facet the values that occur, with what to call them."""
    return {facet: sorted(set(_values(found, facet))) for facet in FACETS}


def _values(found: Sequence[Service], facet: str) -> Iterator[tuple[str, str]]:
    for service in found:
        value = getattr(service, facet)
        if value is not None:
            yield value, (service.field_name or value) if facet == "field" else value

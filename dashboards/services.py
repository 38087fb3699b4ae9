"""Services of the catalogue, with and without dossiers in a period."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.figures import agencies_below
from dashboards.kinds import of_kind, on
from dashboards.question import days
from dashboards.relations import Basis, relation
from dashboards.store import ask
from metrics.catalogue.headline import ONLINE
from metrics.period import Period

KINDS = ("one_stop", "interlinked", "electronic_process", "by_post", "has_fee")
FACETS = ("field", "authority", "level")

COLUMNS = ("procedure", "name", "field", "field_name", "authority", "level", "valid_from", "valid_to")
BEGINS, ENDS = COLUMNS.index("valid_from"), COLUMNS.index("valid_to")


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
    if agency is not None:
        parameters["agencies"] = agencies_below(client, agency, period)
    received = _received(client, days(some_agencies=agency is not None), parameters)
    online = set(on(of_kind(client, ONLINE), period.last))
    return [_service(row, online, received.get(row[0], (0, 0))) for row in _in_force(client, period.last)]


def _received(client: Client, where: str, parameters: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """How many dossiers of each service, and how many of them online."""
    cells = relation(Basis.CELLS, where)
    question = f"SELECT procedure, sum(received), sum(received_online) FROM ({cells}) GROUP BY procedure"
    return {procedure: (int(all_), int(online)) for procedure, all_, online in ask(client, question, **parameters)}


def _in_force(client: Client, day: date) -> Iterable[tuple[Any, ...]]:
    """Chosen here from the whole catalogue, which is recalled whatever the day."""
    columns = ", ".join((*COLUMNS, *KINDS))
    rows = ask(client, f"SELECT {columns} FROM service FINAL ORDER BY procedure, valid_from")
    newest = {row[0]: row for row in rows if row[BEGINS] <= day}
    return [row for row in newest.values() if row[ENDS] is None or row[ENDS] >= day]


def _service(row: tuple[Any, ...], online: Collection[str], received: tuple[int, int]) -> Service:
    kinds = frozenset(kind for kind, flag in zip(KINDS, row[len(COLUMNS) :], strict=True) if flag == "1")
    return Service(
        **dict(zip(COLUMNS, row, strict=False)),
        kinds=kinds,
        online=row[0] in online,
        received=received[0],
        received_online=received[1],
    )


def choices(found: Sequence[Service]) -> dict[str, list[tuple[str, str]]]:
    """For each facet the values that occur, with what to call them."""
    return {facet: sorted(set(_values(found, facet))) for facet in FACETS}


def _values(found: Sequence[Service], facet: str) -> Iterator[tuple[str, str]]:
    for service in found:
        value = getattr(service, facet)
        if value is not None:
            yield value, (service.field_name or value) if facet == "field" else value

"""One dossier: what is known, its steps, its payments, and which figures count it and why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.counted import FACTS, day_of, holding
from dashboards.items import COLUMNS, Item, item, moment
from dashboards.kinds import of_kind, on
from dashboards.names import agency_names, service_names
from dashboards.store import ask
from metrics.catalogue import CATALOGUE
from metrics.kpi import Kpi
from metrics.measure import Measure
from metrics.terms import COUNTED, Counted


@dataclass(frozen=True, slots=True)
class Step:
    """A status that the dossier reached, where, and by when that should have been."""

    at: datetime
    status: str
    unit: str | None
    started_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Payment:
    """A transaction that names the dossier; unpaid where no notice of success came."""

    transaction: str
    paid_at: datetime | None
    amount: str | None
    gateway: str | None


@dataclass(frozen=True, slots=True)
class Counting:
    """Whether a KPI counts the dossier on the day that the KPI dates it by; no day: not yet."""

    kpi: Kpi
    day: date | None
    in_denominator: bool
    counted: bool


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything about it that is no person's."""

    item: Item
    status: str | None
    submitted_at: datetime | None
    return_way: str | None
    service_name: str | None
    agency_name: str | None
    steps: tuple[Step, ...]
    payments: tuple[Payment, ...]
    counting: tuple[Counting, ...]


def dossier(client: Client, code: str, *, judged: bool = True) -> Dossier | None:
    """None where nothing of that code ever came. Which figures count it is left out where that is not wanted."""
    answer = ask(
        client,
        f"SELECT {', '.join(FACTS)} FROM dossier FINAL WHERE dossier = {{d:String}}",
        d=code,
    )
    if not answer:
        return None
    found = item(answer[0])
    status, submitted_at, return_way, *_ = answer[0][len(COLUMNS) :]
    return Dossier(
        found,
        status,
        moment(submitted_at),
        return_way,
        service_names(client).get(found.procedure or ""),
        agency_names(client).get(found.agency),
        tuple(_steps(client, code)),
        tuple(_payments(client, code)),
        tuple(_counting(client, found, answer[0])) if judged else (),
    )


def _steps(client: Client, code: str) -> Iterator[Step]:
    """In the order in which they happened."""
    rows = ask(
        client,
        "SELECT at, status, unit, started_at, step_due_at FROM step FINAL WHERE dossier = {d:String} "
        "ORDER BY at, toUInt8(status)",
        d=code,
    )
    for at, status, unit, started_at, due_at in rows:
        yield Step(_known(at), status, unit, moment(started_at), moment(due_at))


def _payments(client: Client, code: str) -> Iterator[Payment]:
    rows = ask(
        client,
        "SELECT transaction, paid_at, amount, gateway FROM payment FINAL WHERE dossier = {d:String} "
        "ORDER BY paid_at, transaction",
        d=code,
    )
    for transaction, paid_at, amount, gateway in rows:
        yield Payment(transaction, moment(paid_at), amount, gateway)


def _counting(client: Client, found: Item, row: tuple[Any, ...]) -> Iterator[Counting]:
    """As the lists behind figures have it, without asking again: `test_contract.py` holds the two together."""
    (measures,) = holding([row])
    for kpi in CATALOGUE:
        if kpi.of_cells and kpi.of_dossiers and kpi.has_dossiers:
            part, whole = _part_and_whole(kpi)
            day = day_of(found, whole.measure)
            in_whole, in_part = (_counts(client, found, measures, term, day) for term in (whole, part))
            yield Counting(kpi, day, in_whole, in_part)


def _counts(client: Client, found: Item, measures: frozenset[Measure], term: Counted, day: date | None) -> bool:
    """On that day; never where there is none."""
    if day is None or day_of(found, term.measure) != day or term.measure not in measures:
        return False
    return term.services is None or found.procedure in on(of_kind(client, term.services), day)


def _part_and_whole(kpi: Kpi) -> tuple[Counted, Counted]:
    """The same where dossiers are not its whole."""
    part, *rest = (term for term in kpi.terms() if isinstance(term, COUNTED))
    return part, rest[-1] if rest else part


def _known(at: datetime) -> datetime:
    return moment(at) or at

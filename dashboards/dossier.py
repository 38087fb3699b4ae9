"""One dossier: what is known, its steps, its payments, and which figures count it and why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from clickhouse_connect.driver.client import Client

from dashboards.behind import holds
from dashboards.items import COLUMNS, Item, item, moment
from dashboards.store import ask
from metrics.catalogue import CATALOGUE
from metrics.kpi import Kpi, ServicesInForce, ServicesWith, Total


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


def dossier(client: Client, code: str) -> Dossier | None:
    """None where nothing of that code ever came."""
    rows = ask(
        client,
        f"SELECT {', '.join(COLUMNS)}, status, submitted_at, return_way FROM dossier FINAL "
        "WHERE dossier = {d:String}",
        d=code,
    )
    if not rows:
        return None
    found = item(rows[0])
    status, submitted_at, return_way = rows[0][len(COLUMNS) :]
    return Dossier(
        found,
        status,
        moment(submitted_at),
        return_way,
        _name(client, "service", "procedure", found.procedure),
        _name(client, "agency", "agency", found.agency),
        tuple(_steps(client, code)),
        tuple(_payments(client, code)),
        tuple(_counting(client, found)),
    )


def _name(client: Client, table: str, key: str, code: str | None) -> str | None:
    """The newest known."""
    question = f"SELECT name FROM {table} FINAL WHERE {key} = {{code:String}} AND name IS NOT NULL"
    rows = ask(client, f"{question} ORDER BY valid_from DESC LIMIT 1", code=code or "")
    return str(rows[0][0]) if rows else None


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


def _counting(client: Client, found: Item) -> Iterator[Counting]:
    for kpi in CATALOGUE:
        if kpi.of_dossiers:
            yield _counted(client, found, kpi)


def _counted(client: Client, found: Item, kpi: Kpi) -> Counting:
    """Asked as the list behind the figure asks, for the one day."""
    terms = [term for term in kpi.terms() if not isinstance(term, ServicesInForce)]
    at = _dated(found, terms[-1])
    if at is None:
        return Counting(kpi, None, in_denominator=False, counted=False)
    conditions = ", ".join(f"ifNull({holds(term)}, 0)" for term in terms)
    question = f"SELECT {conditions} FROM dossier FINAL WHERE dossier = {{d:String}}"
    flags = ask(client, question, d=found.dossier, first=at.date(), last=at.date())[0]
    return Counting(kpi, at.date(), in_denominator=bool(flags[-1]), counted=bool(flags[0]))


def _dated(found: Item, term: Total | ServicesWith) -> datetime | None:
    at = getattr(found, term.measure.dated_by)
    return at if isinstance(at, datetime) else None


def _known(at: datetime) -> datetime:
    return moment(at) or at

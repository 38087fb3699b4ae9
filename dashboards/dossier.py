"""One dossier: what is known, its steps, its payments, and which figures count it and why not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from clickhouse_connect.driver.client import Client

from dashboards.behind import holds, kinds_in
from dashboards.items import COLUMNS, Item, item, moment
from dashboards.kinds import parameters_of
from dashboards.names import agency_names, service_names
from dashboards.store import ask
from metrics.catalogue import CATALOGUE
from metrics.kpi import Kpi
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
    rows = ask(
        client,
        f"SELECT {', '.join(COLUMNS)}, status, submitted_at, return_way "
        "FROM dossier FINAL WHERE dossier = {d:String}",
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
        service_names(client).get(found.procedure or ""),
        agency_names(client).get(found.agency),
        tuple(_steps(client, code)),
        tuple(_payments(client, code)),
        tuple(_counting(client, found)) if judged else (),
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


def _counting(client: Client, found: Item) -> list[Counting]:
    """Asked as the list behind the figure asks, for the one day; KPIs that share a day are asked together."""
    kpis = [kpi for kpi in CATALOGUE if kpi.of_cells and kpi.of_dossiers and kpi.has_dossiers]
    days = {kpi: _day(found, kpi) for kpi in kpis}
    flags = {
        kpi: answer for day in set(days.values()) if day for kpi, answer in _flags(client, found, days, day).items()
    }
    nothing = (False, False)
    return [Counting(kpi, days[kpi], *flags.get(kpi, nothing)) for kpi in kpis]


def _flags(client: Client, found: Item, days: Mapping[Kpi, date | None], day: date) -> dict[Kpi, tuple[bool, bool]]:
    """In the denominator, and counted."""
    asked = [kpi for kpi, its_day in days.items() if its_day == day]
    kinds = {each: kind.of(found.procedure) for each, kind in kinds_in(client, asked, day, day).items()}
    terms = [term for kpi in asked for term in (_counted(kpi)[-1], _counted(kpi)[0])]
    conditions = ", ".join(f"ifNull({holds(term, kinds)}, 0)" for term in terms)
    question = f"SELECT {conditions} FROM dossier FINAL WHERE dossier = {{d:String}}"
    row = iter(ask(client, question, d=found.dossier, first=day, last=day, **parameters_of(kinds.values()))[0])
    return {kpi: (bool(next(row)), bool(next(row))) for kpi in asked}


def _day(found: Item, kpi: Kpi) -> date | None:
    """The day that its whole is dated by."""
    at = getattr(found, _counted(kpi)[-1].measure.dated_by)
    return at.date() if isinstance(at, datetime) else None


def _counted(kpi: Kpi) -> list[Counted]:
    """The part, and the whole where dossiers are its."""
    return [term for term in kpi.terms() if isinstance(term, COUNTED)]


def _known(at: datetime) -> datetime:
    return moment(at) or at

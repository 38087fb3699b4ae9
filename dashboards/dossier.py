"""One dossier: what is known, its steps, its payments, and which figures count it and why not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import compress
from typing import Any

import polars as pl
from clickhouse_connect.driver.client import Client

from dashboards.items import COLUMNS, Item, item, moment
from dashboards.kinds import of_kind, on
from dashboards.names import agency_names, service_names
from dashboards.store import ask
from metrics.catalogue import CATALOGUE
from metrics.entity import Type, type_of
from metrics.kpi import Kpi
from metrics.measure import DOSSIER_STREAM, Measure, measures_of
from metrics.predicate import fields
from metrics.readings.rows import rows
from metrics.terms import COUNTED, Counted

_ASKED = frozenset[str]().union(*(fields(measure.where) for measure in measures_of(DOSSIER_STREAM)))
_COLUMNS = dict.fromkeys((*COLUMNS, "status", "submitted_at", "return_way", *sorted(_ASKED)))
FACTS: Mapping[str, pl.DataType] = {
    name: pl.Datetime() if type_of(name) is Type.MOMENT else pl.String() for name in _COLUMNS
}
"""What is asked of a dossier, in this order: what is shown, and what measures look at besides."""


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


def _counting(client: Client, found: Item, row: Sequence[Any]) -> Iterator[Counting]:
    """As the lists behind figures have it, without asking again: `test_contract.py` holds the two together."""
    holding = _holding(row)
    for kpi in CATALOGUE:
        if kpi.of_cells and kpi.of_dossiers and kpi.has_dossiers:
            part, whole = _part_and_whole(kpi)
            day = _day(found, whole)
            in_whole, in_part = (_counts(client, found, holding, term, day) for term in (whole, part))
            yield Counting(kpi, day, in_whole, in_part)


def _holding(row: Sequence[Any]) -> frozenset[Measure]:
    """The measures whose condition holds for it, by the reading that cells are counted with."""
    facts, measures = pl.DataFrame([row], schema=FACTS, orient="row"), measures_of(DOSSIER_STREAM)
    said = facts.select(rows(measure.where).alias(measure.name) for measure in measures).row(0)
    return frozenset(compress(measures, said))


def _counts(client: Client, found: Item, holding: frozenset[Measure], term: Counted, day: date | None) -> bool:
    """On that day; never where there is none."""
    if day is None or _day(found, term) != day or term.measure not in holding:
        return False
    return term.services is None or found.procedure in on(of_kind(client, term.services), day)


def _part_and_whole(kpi: Kpi) -> tuple[Counted, Counted]:
    """The same where dossiers are not its whole."""
    part, *rest = (term for term in kpi.terms() if isinstance(term, COUNTED))
    return part, rest[-1] if rest else part


def _day(found: Item, term: Counted) -> date | None:
    """The civil day that the term dates it by."""
    at = getattr(found, term.measure.dated_by)
    return at.date() if isinstance(at, datetime) else None


def _known(at: datetime) -> datetime:
    return moment(at) or at

"""What a close keeps of the things that figures count, and the conditions by which a figure counts them.

The conditions are those of the list behind a number, so that a figure and what it counted cannot disagree. A figure of
other figures, such as a score, counts no things of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboards.judged import names, relation
from dashboards.membership import conditions as of_dossiers
from dashboards.question import FIRST, LAST
from metrics.civil import CIVIL_SQL_ZONE
from metrics.kpi import Kpi
from metrics.readings.sql import sql, text
from metrics.terms import COUNTED, JUDGED, Counted, Judged, Quantile, Sum


@dataclass(frozen=True, slots=True)
class Thing:
    """`table` holds them as they are, `kept` as they were when a period was closed; `facts` is what is kept of each."""

    name: str
    table: str
    kept: str
    code: str
    facts: tuple[str, ...]


DOSSIER = Thing(
    "dossier",
    "dossier",
    "closed_dossier",
    "dossier",
    ("agency", "procedure", "channel", "received_at", "due_at", "resolved_at"),
)
PAYMENT = Thing("payment", "payment", "closed_payment", "transaction", ("agency", "dossier", "paid_at"))
THINGS = (DOSSIER, PAYMENT)

BLOCK = 65_536
"""Rows that the store gathers before it writes them: it would take a million, and 600 MB for a year."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """SQL on a thing: in the denominator (never, where that counts no things), in the numerator, and with what number.

    One may be in the numerator alone: resolved in the period, but received before. The number is what is summed or
    ranked, else 0.
    """

    whole: str
    counted: str
    amount: str


def mark(kpi: Kpi) -> str:
    """A definition, as what it counted is marked with it."""
    return f"{kpi.id}.v{kpi.version}"


def thing_of(kpi: Kpi) -> Thing | None:
    """None where a figure counts no things by itself, or things of several kinds."""
    if not kpi.has_dossiers:
        return None
    tables = {DOSSIER.table if isinstance(term, JUDGED) else term.measure.facts.table for term in counting(kpi)}
    return next((thing for thing in THINGS if tables == {thing.table}), None)


def counting(kpi: Kpi) -> Iterator[Counted | Judged]:
    """Its terms that count things: the part, then the whole."""
    return (term for term in kpi.terms() if isinstance(term, (*COUNTED, *JUDGED)))


def conditions(kpi: Kpi) -> Conditions:
    part, *whole = of_dossiers(kpi) if thing_of(kpi) is DOSSIER else [_paid(term) for term in counting(kpi)]
    amounts = [f"toInt64(ifNull({term.field}, 0))" for term in counting(kpi) if isinstance(term, Sum | Quantile)]
    return Conditions(next(iter(whole), "0"), part, next(iter(amounts), "toInt64(0)"))


def _paid(term: Counted | Judged) -> str:
    if isinstance(term, JUDGED):
        raise TypeError
    day = f"toDate32({term.measure.dated_by}, '{CIVIL_SQL_ZONE}')"
    return f"ifNull({day} BETWEEN {FIRST} AND {LAST}, 0) AND {sql(term.measure.where)}"


def source(thing: Thing, kpis: Sequence[Kpi], *, some_agencies: bool) -> str:
    """SQL for the things as they are, with all that the conditions look at; parameters as of what is judged."""
    if thing is DOSSIER:
        judged = [term for kpi in kpis for term in kpi.terms() if isinstance(term, JUDGED)]
        return f"({relation(names(judged), some_agencies=some_agencies)})"
    mine = "agency IN {agencies:Array(String)}" if some_agencies else "1"
    return f"(SELECT * FROM {thing.table} FINAL WHERE {mine})"


def keeping(thing: Thing, kpis: Sequence[Kpi]) -> str:
    """SQL that keeps everything that these figures count in the period. Parameters: close, and as above."""
    facts = ", ".join((thing.code, *thing.facts))
    held = [(mark(kpi), conditions(kpi)) for kpi in kpis]
    wholes = ", ".join(f"if({each.whole}, {text(name)}, '')" for name, each in held)
    parts = ", ".join(f"(if({each.counted}, {text(name)}, ''), {each.amount})" for name, each in held)
    return (
        f"INSERT INTO {thing.kept} (close, {facts}, whole, counted, amounts) "
        f"WITH arrayFilter(one -> one.1 != '', [{parts}]) AS held "
        f"SELECT {{close:UUID}}, {facts}, arrayFilter(one -> one != '', [{wholes}]) AS whole, "
        f"held.1 AS counted, held.2 AS amounts "
        f"FROM {source(thing, kpis, some_agencies=False)} WHERE notEmpty(whole) OR notEmpty(counted) "
        f"SETTINGS min_insert_block_size_rows = {BLOCK}"
    )

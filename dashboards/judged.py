"""Terms that are judged: asked of the facts dossier by dossier, for several periods by one question.

Each dossier is set beside each period, with the derived fields that the conditions look at; a condition counts it or
not. Only dossiers with something known by the end and something at or after the beginning, or still open, are read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from clickhouse_connect.driver.client import Client

from dashboards.question import spans
from dashboards.store import ask
from metrics.catalogue import DERIVED
from metrics.civil import CIVIL_SQL_ZONE
from metrics.entity import DOSSIER_FACTS, Type, type_of
from metrics.fields import Derived, needed
from metrics.formula import Number
from metrics.period import Period
from metrics.predicate import Known, Predicate, fields
from metrics.readings.sql import sql
from metrics.terms import Dossiers, Judged, Petitions, Quantile, ServicesJudged, Sum, Term

MOMENTS = (
    "submitted_at", "received_at", "due_at", "resolved_at",
    "recorded_finished_at", "recorded_returned_at", "step_returned_at",
)  # fmt: skip
PERIODS = (
    "ARRAY JOIN {numbers:Array(UInt16)} AS period, "
    "{firsts:Array(Date32)} AS first_day, {lasts:Array(Date32)} AS last_day"
)
PLACES = ("dossier", "agency", "procedure", "channel")

MOST_TERMS = 15
"""In one question: each place that looks at the calendar has copies of it in the store's memory, some MB."""

Answers = list[dict[Term, dict[str, Number]]]
"""For each period, for each term, its number by key."""


def judged(
    client: Client,
    terms: Sequence[Judged],
    periods: Sequence[Period],
    by: str | None,
    agencies: list[str] | None,
    **places: Any,
) -> Answers:
    """`by` is an SQL expression over agency, procedure and channel; without it the key is the empty text.

    `places` are the parameters of that expression.
    """
    answers: Answers = [{term: {} for term in terms} for _ in periods]
    given = parameters(periods, agencies) | places
    some, of_petitions = agencies is not None, [term for term in terms if isinstance(term, Petitions)]
    _take(client, answers, [term for term in terms if not isinstance(term, Petitions)], (by, some, FACTS), given)
    if of_petitions and ask(client, "SELECT 1 FROM petition LIMIT 1"):
        if by is None:
            for answer in answers:
                answer.update({term: {"": 0} for term in of_petitions})
        _take(client, answers, of_petitions, (by, some, PETITIONS), given)
    return answers


def _take(
    client: Client, answers: Answers, terms: Sequence[Judged], asked: tuple[str | None, bool, "Source"], given: Any
) -> None:
    by, some_agencies, source = asked
    for start in range(0, len(terms), MOST_TERMS):
        together = terms[start : start + MOST_TERMS]
        text = question(together, by, some_agencies=some_agencies, source=source)
        for period, key, *numbers in ask(client, text, **given):
            for term, number in zip(together, numbers, strict=True):
                if number is not None:
                    answers[period][term][key] = number


def _stored(name: str) -> str:
    return "DateTime64(0, 'UTC')" if type_of(name) is Type.MOMENT else "String"


@dataclass(frozen=True, slots=True)
class Source:
    """Where dossiers are read from: a table or subquery with all columns of the facts, and columns of its own."""

    table: str = "dossier FINAL"
    beside: tuple[str, ...] = ()


FACTS = Source()
_SAID = ("about", "handled", "published_at", "likes", "dislikes", "repeated")
_SHAPED = {
    **{name: f"CAST(NULL AS Nullable({kind}))" for name in DOSSIER_FACTS.columns for kind in [_stored(name)]},
    "dossier": "petition",
    "agency": "ifNull(agency, '')",
    "procedure": "procedure",
    "received_at": "petition.received_at",
    "resolved_at": "handled_at",
}
PETITIONS = Source(
    f"(SELECT {', '.join(f'{said} AS {name}' for name, said in _SHAPED.items())}, {', '.join(_SAID)} "
    "FROM petition FINAL)",
    _SAID,
)
"""Petitions in the shape of dossiers, so that the same edges and conditions apply; handled is resolved."""


def question(terms: Sequence[Judged], by: str | None, *, some_agencies: bool, source: Source = FACTS) -> str:
    """SQL giving a row a period and key, with a column for each term."""
    asked = ", ".join(f"{counted(term)} AS term{place}" for place, term in enumerate(terms))
    rows = relation(names(terms), some_agencies=some_agencies, source=source)
    key = f"ifNull(toString({by}), '')" if by else "''"
    return f"SELECT period, {key} AS key, {asked} FROM ({rows}) GROUP BY period, key"


def parameters(periods: Sequence[Period], agencies: list[str] | None) -> dict[str, Any]:
    firsts, lasts = [period.first for period in periods], [period.last for period in periods]
    days = {"firsts": firsts, "lasts": lasts, "first": min(firsts), "last": max(lasts)}
    return {"numbers": list(range(len(periods))), **days} | ({} if agencies is None else {"agencies": agencies})


def names(terms: Iterable[Judged]) -> set[str]:
    """Every field that the terms look at."""
    found: set[str] = set()
    for term in terms:
        found |= fields(term.where)
        if isinstance(term, Sum | Quantile):
            found.add(term.field)
    return found


def relation(wanted: Iterable[str], *, some_agencies: bool, source: Source = FACTS) -> str:
    """A row for each dossier and period, with these fields; parameters as above, and agencies if only some."""
    derived = list(needed(wanted, DERIVED))
    columns = [*PLACES, *(name for name in DOSSIER_FACTS.columns if name not in PLACES), *source.beside]
    joins = {field.join.name: field.join for field in derived if field.join is not None}
    beside = "".join(
        f" LEFT JOIN ({join.sql}) AS {join.name} ON ifNull(facts.{join.on}, '') = {join.name}.{join.on}"
        for join in joins.values()
    )
    inner = ", ".join(
        (
            *(f"facts.{name} AS {name}" for name in columns),
            *(f"{name}.* EXCEPT {join.on}" for name, join in joins.items()),
        )
    )
    facts = f"SELECT * FROM {source.table} WHERE {_relevant(some_agencies)}"
    edges = f"{_edge('first_day')} AS opens, {_edge('last_day + 1')} AS closes"
    known = f"SELECT {inner} FROM ({facts}) AS facts{beside}"
    set_beside = f"SELECT *, period, first_day, last_day, {edges} FROM ({known}) {PERIODS}"
    return f"SELECT *{_expressions(derived)} FROM ({set_beside})"


def _expressions(derived: Iterable[Derived]) -> str:
    return "".join(f", {field.sql} AS {field.name}" for field in derived if field.sql != field.name)


def _edge(day: str) -> str:
    """The first moment of a civil day."""
    return f"toDateTime64({day}, 0, '{CIVIL_SQL_ZONE}')"


def _relevant(some_agencies: bool) -> str:
    begun = " OR ".join(f"ifNull({moment} < {_edge('{last:Date32} + 1')}, 0)" for moment in MOMENTS)
    lasting = " OR ".join(f"ifNull({moment} >= {_edge('{first:Date32}')}, 0)" for moment in MOMENTS)
    mine = " AND agency IN {agencies:Array(String)}" if some_agencies else ""
    return f"({begun}) AND (resolved_at IS NULL OR {lasting}){mine}"


def counted(term: Judged) -> str:
    """Its number, over rows of the relation."""
    match term:
        case Dossiers(where) | Petitions(where):
            return f"toInt64(countIf({sql(where)}))"
        case Sum(field, where):
            return f"toInt64(sumIf(ifNull({field}, 0), {sql(where)}))"
        case Quantile(field, share, where):
            held = f"arraySort(groupArrayIf(assumeNotNull({field}), {sql(where)} AND {sql(Known(field))}))"
            return f"if(empty({held}), NULL, {held}[toUInt64(ceil({share} * length({held})))])"
        case ServicesJudged(where):
            return f"toInt64(uniqExactIf(procedure, {holds(term)}))"
        case _:
            assert_never(term)


def holds(term: Judged) -> str:
    """A condition on a row of the relation: the term counts this dossier in this period."""
    if isinstance(term, ServicesJudged):
        return f"{sql(term.where)} AND {in_force(term.services)}"
    return sql(term.where)


def in_force(services: Predicate) -> str:
    """The dossier's service is in force and such on the period's last day."""
    listed = (
        f"SELECT period, procedure FROM ({spans(services)}) {PERIODS} WHERE begun <= last_day AND last_day <= ended"
    )
    return f"(period, ifNull(procedure, '')) IN ({listed})"

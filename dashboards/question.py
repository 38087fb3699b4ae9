"""One question that answers all KPIs of a period: SQL composed from the declarations.

Cells are summed by key and procedure, so that services can be counted, and then by key. Whether a service was, say, an
online one on the day that is counted is asked of two sets: services that were so throughout the period (nearly all),
and the single days of the others. Both are small, so the cells are read once and joined with nothing.
"""

from collections.abc import Sequence

from dashboards.relations import Basis, relation
from metrics.predicate import Predicate
from metrics.readings.sql import sql
from metrics.terms import Counted, ServicesWith, Total

DIMENSIONS = ("agency", "procedure", "channel")

FIRST, LAST = "{first:Date32}", "{last:Date32}"


def question(terms: Sequence[Counted], basis: Basis, by: str | None, *, some_agencies: bool) -> str:
    """SQL giving a row a key, with a column for each term. Parameters: first, last, and agencies if only some."""
    where = f"day BETWEEN {FIRST} AND {LAST}"
    if some_agencies:
        where += " AND agency IN {agencies:Array(String)}"
    inner = [f"{by_service(term)} AS term{place}" for place, term in enumerate(terms)]
    outer = [_by_key(term, f"term{place}") for place, term in enumerate(terms)]
    return f"""
        WITH by_service AS (SELECT {by or "''"} AS key, procedure, {", ".join(inner)}
            FROM ({relation(basis, where)}) GROUP BY key, procedure)
        SELECT key, {", ".join(outer)} FROM by_service GROUP BY key"""


def by_service(term: Counted) -> str:
    """What a service's cells amount to, before services are counted or summed."""
    if isinstance(term, Total) and term.services is not None:
        return f"sumIf({term.measure.name}, {on_the_day(term.services)})"
    return f"sum({term.measure.name})"


def _by_key(term: Counted, column: str) -> str:
    if isinstance(term, ServicesWith):
        return f"countIf({column} > 0 AND procedure IN ({services_on_last_day(term.services)}))"
    return f"sum({column})"


def on_the_day(services: Predicate, day: str = "day") -> str:
    """A condition on the procedure and the day of what is counted."""
    held, throughout = spans(services), f"begun = {FIRST} AND ended = {LAST}"
    days = "arrayJoin(arrayMap(n -> begun + n, range(toUInt32(dateDiff('day', begun, ended)) + 1)))"
    return (
        f"(procedure IN (SELECT procedure FROM ({held}) WHERE {throughout}) "
        f"OR (procedure, {day}) IN (SELECT procedure, {days} FROM ({held}) WHERE NOT ({throughout})))"
    )


def services_on_last_day(services: Predicate) -> str:
    """The procedures that are such services on the period's last day."""
    return f"SELECT procedure FROM ({spans(services)}) WHERE ended = {LAST}"


def spans(services: Predicate) -> str:
    """From which to which day of the period each version of such a service holds: until it ends or is replaced."""
    replaced = "leadInFrame(toNullable(valid_from)) OVER (PARTITION BY procedure ORDER BY valid_from"
    replaced += " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)"
    ends = f"ifNull(valid_to, {LAST}), ifNull({replaced} - 1, {LAST}), {LAST}"
    versions = f"SELECT *, greatest(valid_from, {FIRST}) AS begun, least({ends}) AS ended FROM service FINAL"
    return f"SELECT procedure, begun, ended FROM ({versions}) WHERE begun <= ended AND {sql(services)}"

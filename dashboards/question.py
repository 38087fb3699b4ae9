"""One question that answers all KPIs of a period: SQL composed from the declarations.

Cells are read once and summed by key and procedure, and, for the few services whose catalogue entry changed within the
days asked for, by day as well. What is left is some thousand rows: they are set beside the spans of their service, so
that whether it was, say, an online one is asked of a sum and not of every cell.
"""

from collections.abc import Sequence

from dashboards.relations import Basis, relation
from metrics.civil import CIVIL_SQL_ZONE
from metrics.predicate import Predicate
from metrics.readings.sql import sql
from metrics.terms import Counted, ServicesWith

DIMENSIONS = ("agency", "procedure", "channel")

FIRST, LAST = "{first:Date32}", "{last:Date32}"
ASKED_ON = f"toDate32(at, '{CIVIL_SQL_ZONE}')"
"""The civil day of a request."""
ASKED_IN = f"{ASKED_ON} BETWEEN {FIRST} AND {LAST}"
"""A condition on a request's minute, and on whatever else has only a moment called `at`."""


def question(terms: Sequence[Counted], basis: Basis, by: str | None, *, some_agencies: bool) -> str:
    """SQL giving a row a key, with a column for each term. Parameters: first, last, and agencies if only some."""
    return summed(terms, relation(basis, days(some_agencies=some_agencies)), by or "''", LAST)


def days(*, some_agencies: bool) -> str:
    """A condition on the days, and on the agencies if only some are asked for."""
    return f"day BETWEEN {FIRST} AND {LAST}" + (" AND agency IN {agencies:Array(String)}" if some_agencies else "")


def summed(terms: Sequence[Counted], rows: str, key: str, last: str) -> str:
    """SQL giving a row a key over rows of a relation; `last` is the last day of the key's period."""
    names = list(dict.fromkeys(term.measure.name for term in terms))
    sums = ", ".join(f"sum({name}) AS {name}_" for name in names)
    kinds = kinds_of(terms)
    asked = ", ".join(f"{_counted(term, kinds, last)} AS term{place}" for place, term in enumerate(terms))
    if not kinds:
        return f"SELECT key, {asked} FROM (SELECT {key} AS key, {sums} FROM ({rows}) GROUP BY key) GROUP BY key"
    changed = " OR ".join(f"procedure IN ({_changing(services)})" for services in kinds)
    beside = " ".join(
        f"LEFT JOIN ({_held(services)}) AS held{place} ON sums.service = held{place}.procedure"
        for place, services in enumerate(kinds)
    )
    return f"""
        WITH sums AS (SELECT {key} AS key, procedure AS service, if({changed}, day, {FIRST}) AS on_day, {sums}
            FROM ({rows}) GROUP BY key, service, on_day)
        SELECT key, {asked} FROM sums {beside} GROUP BY key"""


def kinds_of(terms: Sequence[Counted]) -> list[Predicate]:
    """The kinds of services that are asked for."""
    return list(dict.fromkeys(term.services for term in terms if term.services is not None))


def _counted(term: Counted, kinds: Sequence[Predicate], last: str) -> str:
    count = f"{term.measure.name}_"
    if term.services is None:
        return f"sum({count})"
    held = f"held{kinds.index(term.services)}.spans"
    if isinstance(term, ServicesWith):
        return f"uniqExactIf(service, {count} > 0 AND {_within(last, held)})"
    return f"sumIf({count}, {_within('on_day', held)})"


def _within(day: str, held: str) -> str:
    return f"arrayExists(span -> span.1 <= {day} AND {day} <= span.2, {held})"


def _held(services: Predicate) -> str:
    return f"SELECT procedure, groupArray((begun, ended)) AS spans FROM ({spans(services)}) GROUP BY procedure"


def _changing(services: Predicate) -> str:
    """Those that were such services on some of the days asked for, and not by one version on all of them."""
    return f"SELECT procedure FROM ({spans(services)}) WHERE NOT (begun = {FIRST} AND ended = {LAST})"


def on_the_day(services: Predicate, day: str = "day") -> str:
    """A condition on the procedure and the day of what is counted."""
    held, throughout = spans(services), f"begun = {FIRST} AND ended = {LAST}"
    each = "arrayJoin(arrayMap(n -> begun + n, range(toUInt32(dateDiff('day', begun, ended)) + 1)))"
    return (
        f"(procedure IN (SELECT procedure FROM ({held}) WHERE {throughout}) "
        f"OR (procedure, {day}) IN (SELECT procedure, {each} FROM ({held}) WHERE NOT ({throughout})))"
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

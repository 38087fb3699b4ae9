"""One question that answers all KPIs of a period: SQL composed from the declarations.

Cells are grouped by key and procedure first, so that services can be counted, and then by key. A service's level is
joined by day: the version begun last by then, if it has not ended. All of it is read in one scan.
"""

from collections.abc import Sequence

from dashboards.relations import NAMES, PLACE, Basis, relation
from metrics.kpi import ServicesWith, Total
from metrics.predicate import Predicate
from metrics.readings.sql import sql

SERVICES = "SELECT *, 1 AS described FROM service FINAL"
DIMENSIONS = ("agency", "procedure", "channel")

Counted = Total | ServicesWith


def question(terms: Sequence[Counted], basis: Basis, by: str | None, *, some_agencies: bool) -> str:
    """SQL giving a row a key, with a column for each term. Parameters: first, last, and agencies if only some."""
    where = "day BETWEEN {first:Date32} AND {last:Date32}"
    if some_agencies:
        where += " AND agency IN {agencies:Array(String)}"
    inner = [f"{_by_service(term)} AS term{column}" for column, term in enumerate(terms)]
    outer = [_by_key(term, f"term{place}") for place, term in enumerate(terms)]
    place = ", ".join(PLACE)
    sums = ", ".join(f"sum(cell.{name}) AS {name}" for name in NAMES)
    return f"""
        WITH services AS ({SERVICES}),
        cells AS (SELECT {place}, {sums} FROM ({relation(basis, where)}) AS cell GROUP BY {place}),
        placed AS (SELECT cells.*, services.* EXCEPT (procedure) FROM cells ASOF LEFT JOIN services
            ON cells.procedure = services.procedure AND cells.day >= services.valid_from),
        by_service AS (SELECT {by or "''"} AS key, procedure, {", ".join(inner)} FROM placed GROUP BY key, procedure)
        SELECT key, {", ".join(outer)} FROM by_service GROUP BY key"""


def _by_service(term: Counted) -> str:
    if isinstance(term, Total) and term.services is not None:
        return f"sumIf({term.measure.name}, {_in_force('day', term.services)})"
    return f"sum({term.measure.name})"


def _by_key(term: Counted, column: str) -> str:
    if isinstance(term, ServicesWith):
        return f"countIf({column} > 0 AND procedure IN ({services_on_last_day(term.services)}))"
    return f"sum({column})"


def services_on_last_day(services: Predicate) -> str:
    """The procedures that are such services on the parameter `last`."""
    newest = f"{SERVICES} WHERE valid_from <= {{last:Date32}} ORDER BY valid_from DESC LIMIT 1 BY procedure"
    return f"SELECT procedure FROM (SELECT * FROM ({newest}) WHERE {_in_force('{last:Date32}', services)})"


def _in_force(day: str, services: Predicate) -> str:
    return f"(described AND (valid_to IS NULL OR {day} <= valid_to) AND {sql(services)})"

"""When a term counts a dossier in a period, as a condition in SQL."""

from dashboards.judged import holds as judged_holds
from dashboards.question import FIRST, LAST, on_the_day, services_on_last_day
from metrics.civil import CIVIL_SQL_ZONE
from metrics.kpi import Kpi
from metrics.measure import Measure
from metrics.predicate import Predicate
from metrics.readings.sql import sql
from metrics.terms import COUNTED, JUDGED, Counted, Judged, ServicesWith


def conditions(kpi: Kpi) -> list[str]:
    """When a dossier is in the part, and in the whole where that is made of dossiers."""
    return [holds(term) for term in kpi.terms() if isinstance(term, (*COUNTED, *JUDGED))]


def holds(term: Counted | Judged) -> str:
    """A condition on a dossier: the term counts it in the period."""
    if isinstance(term, JUDGED):
        return judged_holds(term)
    if term.measure.facts.table != "dossier":
        return f"dossier IN (SELECT dossier FROM {term.measure.facts.table} FINAL WHERE {in_period(term.measure)})"
    if term.services is None:
        return in_period(term.measure)
    day = LAST if isinstance(term, ServicesWith) else _day(term.measure)
    return f"{in_period(term.measure)} AND {_such(term.services, day)}"


def in_period(measure: Measure) -> str:
    """The measure counts the row on a day of the period, whatever its service."""
    return f"ifNull({_day(measure)} BETWEEN {FIRST} AND {LAST}, 0) AND {sql(measure.where)}"


def _such(services: Predicate, day: str) -> str:
    """Its service is of the kind on that day."""
    return f"procedure IN ({services_on_last_day(services)})" if day == LAST else on_the_day(services, day)


def _day(measure: Measure) -> str:
    return f"toDate32({measure.dated_by}, '{CIVIL_SQL_ZONE}')"

"""Figures of several periods of one kind by a single question: what a trend is drawn from.

Every cell is put into its period by a number that tells periods of that kind apart. Services in force are counted on
each period's own last day, so a point of the trend equals the figure of that period. With an agency, those below it are
as they are in the last period throughout, so that a trend follows one set of agencies.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.figures import Reading, Scope, agencies_below
from dashboards.judged import judged
from dashboards.question import FIRST, LAST, by_service, spans
from dashboards.relations import Basis, relation
from dashboards.spans import form
from dashboards.store import ask
from metrics.formula import Number, pair
from metrics.kpi import Kpi
from metrics.period import Period
from metrics.predicate import Predicate
from metrics.terms import COUNTED, JUDGED, Counted, Quantile, ServicesInForce, ServicesWith, Term

WEEKS_BEFORE_1970 = 10_000
NUMBERED: Mapping[str, str] = MappingProxyType(
    {
        "day": "toInt32({day})",
        "week": f"intDiv(toInt32({{day}}) + 3 + 7 * {WEEKS_BEFORE_1970}, 7)",
        "month": "toYear({day}) * 12 + toMonth({day})",
        "quarter": "toYear({day}) * 4 + toQuarter({day})",
        "year": "toYear({day})",
    }
)
"""SQL for the number of the period that a day lies in. Weeks begin on Monday; 1 January 1970 was a Thursday."""

Counts = dict[Term, dict[int, Number]]

MOST_DAYS = 400


def series(client: Client, kpis: Sequence[Kpi], periods: Sequence[Period], agency: str | None) -> list[list[Reading]]:
    """For each period, oldest first and all of one kind, the readings of the KPIs in their order."""
    agencies = None if agency is None else agencies_below(client, agency, periods[-1])
    parts = (_part(client, kpis, part, agency, agencies) for part in _parts(periods))
    return [readings for part in parts for readings in part]


def _parts(periods: Sequence[Period]) -> Iterator[list[Period]]:
    """What one question can span: the single days of services that changed within it have to fit into memory."""
    part: list[Period] = []
    for period in periods:
        if part and (period.last - part[0].first).days > MOST_DAYS:
            yield part
            part = []
        part.append(period)
    yield part


def _part(
    client: Client, kpis: Sequence[Kpi], periods: Sequence[Period], agency: str | None, agencies: list[str] | None
) -> list[list[Reading]]:
    parameters: dict[str, Any] = {"first": periods[0].first, "last": periods[-1].last}
    if agencies is not None:
        parameters["agencies"] = agencies
    number = NUMBERED[form(periods[-1])]
    terms = list(dict.fromkeys(term for kpi in kpis for term in kpi.terms()))
    counts = _counted(client, terms, number, periods, parameters) | _listed(client, terms, number, periods, parameters)
    keys = [int(key) for (key,) in ask(client, _keys(number), lasts=_lasts(periods))]
    counts |= _judged(client, terms, periods, keys, agencies)
    return [
        [_reading(kpi, Scope(period, agency), key, counts) for kpi in kpis]
        for period, key in zip(periods, keys, strict=True)
    ]


def _counted(
    client: Client, terms: Sequence[Term], number: str, periods: Sequence[Period], parameters: Mapping[str, Any]
) -> Counts:
    """What the cells count, by term and period."""
    asked = [term for term in terms if isinstance(term, COUNTED)]
    if not asked:
        return {}
    text = _question(asked, number, some="agencies" in parameters)
    rows = ask(client, text, lasts=_lasts(periods), **parameters)
    return {term: {int(row[0]): int(row[place]) for row in rows} for place, term in enumerate(asked, start=1)}


def _judged(
    client: Client, terms: Sequence[Term], periods: Sequence[Period], keys: Sequence[int], agencies: list[str] | None
) -> Counts:
    """What the facts say, by term and period."""
    asked = [term for term in terms if isinstance(term, JUDGED)]
    answers = judged(client, asked, periods, None, agencies)
    return {
        term: {key: answer[term][""] for key, answer in zip(keys, answers, strict=True) if "" in answer[term]}
        for term in asked
    }


def _listed(
    client: Client, terms: Sequence[Term], number: str, periods: Sequence[Period], parameters: Mapping[str, Any]
) -> Counts:
    """What the catalogue counts, by term and period."""
    counts: Counts = {}
    for term in terms:
        if isinstance(term, ServicesInForce):
            asked = f"SELECT key, count() FROM ({_in_force(term.services, number)}) GROUP BY key"
            found = ask(client, asked, lasts=_lasts(periods), **parameters)
            counts[term] = {int(key): int(services) for key, services in found}
    return counts


def _lasts(periods: Sequence[Period]) -> list[Any]:
    return [period.last for period in periods]


def _keys(number: str) -> str:
    return f"SELECT {number.format(day='day')} FROM (SELECT arrayJoin({{lasts:Array(Date32)}}) AS day) ORDER BY day"


def _reading(kpi: Kpi, scope: Scope, key: int, counts: Counts) -> Reading:
    counted = pair(kpi.formula, lambda term: counts[term].get(key, None if isinstance(term, Quantile) else 0))
    return Reading(kpi, scope, None, *counted)


def _question(terms: Sequence[Counted], number: str, *, some: bool) -> str:
    where = f"day BETWEEN {FIRST} AND {LAST}" + (" AND agency IN {agencies:Array(String)}" if some else "")
    inner = ", ".join(f"{by_service(term)} AS term{place}" for place, term in enumerate(terms))
    outer = ", ".join(_by_key(term, f"term{place}", number) for place, term in enumerate(terms))
    return f"""
        WITH by_service AS (SELECT {number.format(day="day")} AS key, procedure, {inner}
            FROM ({relation(Basis.CELLS, where)}) GROUP BY key, procedure)
        SELECT key, {outer} FROM by_service GROUP BY key"""


def _by_key(term: Counted, column: str, number: str) -> str:
    if isinstance(term, ServicesWith):
        return f"countIf({column} > 0 AND (key, procedure) IN ({_in_force(term.services, number)}))"
    return f"sum({column})"


def _in_force(services: Predicate, number: str) -> str:
    """Each such service, once for every period on whose last day it is in force."""
    held = "arrayFilter(last -> begun <= last AND last <= ended, {lasts:Array(Date32)})"
    return (
        f"SELECT {number.format(day='day')} AS key, procedure "
        f"FROM (SELECT arrayJoin({held}) AS day, procedure FROM ({spans(services)}))"
    )

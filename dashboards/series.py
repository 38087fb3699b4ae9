"""Figures of several periods of one kind by a single question: what a trend is drawn from.

Every cell is put into its period by a number that tells periods of that kind apart. Services in force are counted on
each period's own last day, so a point of the trend equals the figure of that period. With an agency, those below it are
as they are in the last period throughout, so that a trend follows one set of agencies.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.by_day import Key
from dashboards.figures import Reading, Scope, agencies_below
from dashboards.judged import judged
from dashboards.kinds import of_kind, on
from dashboards.question import days
from dashboards.relations import Basis, relation
from dashboards.spans import form
from dashboards.totals import Summing, totals
from metrics.formula import Number, pair
from metrics.kpi import Kpi
from metrics.months import BY_KIND
from metrics.period import Period
from metrics.terms import COUNTED, JUDGED, ServicesInForce, Term, absent

EPOCH = date(1970, 1, 1)
WEEKS_BEFORE_1970 = 10_000
NUMBERED: Mapping[str, tuple[str, Callable[[date], int]]] = MappingProxyType(
    {
        "day": ("toInt32(day)", lambda day: (day - EPOCH).days),
        "week": (
            f"intDiv(toInt32(day) + 3 + 7 * {WEEKS_BEFORE_1970}, 7)",
            lambda day: ((day - EPOCH).days + 3) // 7 + WEEKS_BEFORE_1970,
        ),
        **{kind: (each.number_sql, each.number) for kind, each in BY_KIND.items()},
    }
)
"""The number of the period that a day lies in, in SQL and here. Weeks begin on Monday; the epoch was a Thursday."""

LAST_OF_KEY = "{lasts:Array(Date32)}[indexOf({keys:Array(Int32)}, key)]"
"""The last day of the period with that number."""

Counts = Mapping[Term, Mapping[int, Number]]

MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class _Of:
    """Whose figures: an agency with those below it, or the province; and what they are read from."""

    agency: str | None
    agencies: list[str] | None
    basis: Basis


def series(  # noqa: PLR0913 - the agencies may be those of another period
    client: Client,
    kpis: Sequence[Kpi],
    periods: Sequence[Period],
    agency: str | None,
    *,
    tree: Period | None = None,
    basis: Basis = Basis.CELLS,
) -> list[list[Reading]]:
    """For each period, oldest first and all of one kind, the readings of the KPIs in their order.

    The agency has below it who is below it at the end of `tree`, or of the last period. Periods may be left out.
    """
    agencies = None if agency is None else agencies_below(client, agency, tree or periods[-1])
    parts = (_part(client, kpis, part, _Of(agency, agencies, basis)) for part in _parts(periods))
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


def _part(client: Client, kpis: Sequence[Kpi], periods: Sequence[Period], of: _Of) -> list[list[Reading]]:
    of_day = NUMBERED[form(periods[-1])][1]
    keys, lasts = [of_day(period.last) for period in periods], [period.last for period in periods]
    parameters: dict[str, Any] = {"first": periods[0].first, "last": lasts[-1], "keys": keys, "lasts": lasts}
    if of.agencies is not None:
        parameters["agencies"] = of.agencies
    terms = list(dict.fromkeys(term for kpi in kpis for term in kpi.terms()))
    counts = {
        **_counted(client, terms, of.basis, form(periods[-1]), parameters),
        **_listed(client, terms, parameters),
        **_judged(client, terms, periods, keys, of.agencies),
    }
    return [
        [_reading(kpi, Scope(period, of.agency), key, counts) for kpi in kpis]
        for period, key in zip(periods, keys, strict=True)
    ]


def _counted(client: Client, terms: Sequence[Term], basis: Basis, kind: str, parameters: Mapping[str, Any]) -> Counts:
    """What cells or facts count, by term and period."""
    asked = [term for term in terms if isinstance(term, COUNTED)]
    if not asked:
        return {}
    rows = relation(basis, days(some_agencies="agencies" in parameters))
    number, of_day = NUMBERED[kind]
    by_day = Key("day", of_day) if basis is Basis.CELLS else None
    return totals(client, asked, Summing(rows, f"toInt32({number})", LAST_OF_KEY, by_day), parameters)


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


def _listed(client: Client, terms: Sequence[Term], parameters: Mapping[str, Any]) -> Counts:
    """What the catalogue counts, by term and period: services in force on its last day."""
    lasts = dict(zip(parameters["keys"], parameters["lasts"], strict=True))
    counts: dict[Term, dict[int, Number]] = {}
    for term in terms:
        if isinstance(term, ServicesInForce):
            found = of_kind(client, term.services)
            counts[term] = {key: len(on(found, last)) for key, last in lasts.items()}
    return counts


def _reading(kpi: Kpi, scope: Scope, key: int, counts: Counts) -> Reading:
    counted = pair(kpi.formula, lambda term: counts[term].get(key, absent(term)))
    return Reading(kpi, scope, None, *counted)

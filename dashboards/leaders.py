"""Figures of many agencies by few questions: each agency counts for its leader, the nearest of some above it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.agencies import Agency, lineage
from dashboards.by_day import Key
from dashboards.figures import Reading, Scope
from dashboards.judged import judged
from dashboards.kinds import of_kind, on
from dashboards.question import days
from dashboards.relations import Basis, relation
from dashboards.totals import Summing, totals
from metrics.formula import Number, pair
from metrics.kpi import Kpi
from metrics.period import Period
from metrics.terms import COUNTED, JUDGED, ServicesInForce, Term, absent

LEADER = "transform(agency, {members:Array(String)}, {leaders:Array(String)}, '')"

Numbers = Mapping[Term, Mapping[str, Number]]


def readings(
    client: Client, kpis: Sequence[Kpi], period: Period, known: Mapping[str, Agency], wanted: Collection[str]
) -> dict[tuple[Kpi, str], Reading]:
    """Of each KPI and each wanted agency, with all below it."""
    found = {}
    for leaders in layers(known, wanted):
        numbers = by_leader(client, kpis, period, leaders)
        for kpi in kpis:
            for agency in set(leaders.values()):
                found[kpi, agency] = Reading(kpi, Scope(period, agency), None, *counts(kpi, numbers, agency))
    return found


def layers(known: Mapping[str, Agency], wanted: Collection[str]) -> Iterator[dict[str, str]]:
    """Who leads whom, for wanted agencies of one depth of the tree at a time: those have nobody in common."""
    lines = {code: [each.agency for each in lineage(known, code)] or [code] for code in {*known, *wanted}}
    depths = {code: len(lines[code]) for code in wanted}
    for depth in sorted(set(depths.values())):
        chosen = {code for code in wanted if depths[code] == depth}
        leading = {code: next((above for above in line if above in chosen), None) for code, line in lines.items()}
        yield {code: leader for code, leader in leading.items() if leader is not None}


def counts(asked: Kpi, numbers: Numbers, agency: str) -> tuple[Number | None, Number | None]:
    return pair(asked.formula, lambda term: numbers[term].get(agency, absent(term)))


def by_leader(client: Client, asked: Sequence[Kpi], period: Period, leaders: Mapping[str, str]) -> Numbers:
    """For each term its number by leader; services in force are the province's, whoever asks."""
    places: dict[str, Any] = {"members": list(leaders), "leaders": list(leaders.values())}
    terms = list(dict.fromkeys(term for each in asked for term in each.terms()))
    numbers: dict[Term, Mapping[str, Number]] = {}
    if counted := [term for term in terms if isinstance(term, COUNTED)]:
        cells = relation(Basis.CELLS, days(some_agencies=True))
        given = {"first": period.first, "last": period.last, **places, "agencies": list(leaders)}
        numbers |= totals(client, counted, Summing(cells, LEADER, by_day=Key("agency", leaders.get)), given)
    facts = [term for term in terms if isinstance(term, JUDGED)]
    numbers |= judged(client, facts, [period], LEADER, list(leaders), **places)[0]
    for term in terms:
        if isinstance(term, ServicesInForce):
            in_force = len(on(of_kind(client, term.services), period.last))
            numbers[term] = dict.fromkeys(leaders.values(), in_force)
    return numbers

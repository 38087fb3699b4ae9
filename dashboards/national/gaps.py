"""Figures here and there, and what each class of difference does to them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from clickhouse_connect.driver.client import Client

from dashboards.figures import in_force, services_in_force
from dashboards.judged import MOST_TERMS, names, question
from dashboards.national.pairs import LAST, Beside, asked, hybrid
from dashboards.store import ask
from metrics.catalogue import DERIVED
from metrics.fields import needed
from metrics.formula import Number
from metrics.kpi import Kpi
from metrics.national.comparable import as_judged, comparable
from metrics.national.effects import Effects, effects
from metrics.period import Period
from metrics.readings.working_sql import CLOCK
from metrics.terms import Judged, ServicesInForce, ServicesJudged, Term

Numbers = list[dict[Term, Number]]
"""For each stage, the number of each term."""

_BY = "concat(toString(stage_first), ' ', toString(stage_last), ' ', ifNull(procedure, ''))"


def compared_in(period: Period, families: Iterable[str] | None = None) -> list[Kpi]:
    """The definitions in force that can be set beside the portal's."""
    wanted = None if families is None else set(families)
    return [each for each in in_force(period) if comparable(each) and (wanted is None or each.family.id in wanted)]


def gaps(client: Client, beside: Beside, kpis: Sequence[Kpi]) -> list[Effects]:
    """Of the province, or of an agency with all below it."""
    terms = list(dict.fromkeys(as_judged(term) for kpi in kpis for term in kpi.terms()))
    stages = _stages(client, beside, [term for term in terms if not isinstance(term, ServicesInForce)])
    listed: dict[Term, Number] = {
        term: services_in_force(client, term, beside.scope.period)
        for term in terms
        if isinstance(term, ServicesInForce)
    }
    for stage in stages:
        stage.update(listed)
    return [effects(kpi, [_numbers(stage) for stage in stages]) for kpi in kpis]


def _numbers(stage: Mapping[Term, Number]) -> Callable[[Term], Number]:
    return lambda term: stage[as_judged(term)]


def _stages(client: Client, beside: Beside, terms: Sequence[Judged]) -> Numbers:
    """Dossiers add up over what stays the same for several stages; services are counted once a stage."""
    given, some = asked(client, beside), beside.some_agencies
    found: Numbers = [dict.fromkeys(terms, 0) for _ in range(LAST + 1)]
    seen: dict[tuple[int, Term], set[str]] = defaultdict(set)
    for together in _parts(terms):
        sql = question(together, _BY, some_agencies=some, source=hybrid(some_agencies=some))
        for _, key, *numbers in ask(client, sql, **given):
            first, last, procedure = key.split(" ", 2)
            for stage in range(int(first), int(last) + 1):
                for counted, number in zip(together, numbers, strict=True):
                    if not isinstance(counted, ServicesJudged):
                        found[stage][counted] += number
                    elif number:
                        seen[stage, counted].add(procedure)
    for (stage, services), procedures in seen.items():
        found[stage][services] = len(procedures)
    return found


def _parts(terms: Sequence[Judged]) -> Iterator[Sequence[Judged]]:
    """What is asked together: a reader has memory for few looks at the calendar beside the pairs."""
    clocks: dict[frozenset[str], list[Judged]] = defaultdict(list)
    for term in terms:
        clocks[frozenset(one.name for one in needed(names([term]), DERIVED) if CLOCK in one.sql)].append(term)
    for alike in clocks.values():
        yield from (alike[start : start + MOST_TERMS] for start in range(0, len(alike), MOST_TERMS))

"""The KPIs that thresholds look at, asked together: all agencies of a period by one question a layer of the tree."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from clickhouse_connect.driver.client import Client

from dashboards.agencies import Agency
from dashboards.alerts.seen import change_of, value_of
from dashboards.alerts.spans import Span
from dashboards.alerts.watched import Watched
from dashboards.figures import Reading, Scope, kpi
from dashboards.leaders import readings
from metrics.alerting.alert import Seen, Sight
from metrics.breaks import Break
from metrics.errors import Unavailable
from metrics.kpi import Kpi
from metrics.period import Period

Wanted = Mapping[Watched, Span]
Found = dict[tuple[Kpi, Period, str | None], Reading]
Turns = Mapping[str, tuple[Break, ...]]

FAILED = Seen(away=Sight.ERROR)


def seen(client: Client, wanted: Wanted, known: Mapping[str, Agency], turns: Turns) -> dict[str, Seen]:
    """By alert. Where a question fails, those who asked it see an error; the others are not held up."""
    found: Found = {}
    for period, asked in _asked(wanted).items():
        for agencies, kpis in _together(asked):
            try:
                found |= _ask(client, period, kpis, agencies, known)
            except Unavailable:
                continue
    return {each.alert: _seen(each, span, found, turns) for each, span in wanted.items()}


def _asked(wanted: Wanted) -> dict[Period, set[tuple[Kpi, str | None]]]:
    asked: dict[Period, set[tuple[Kpi, str | None]]] = defaultdict(set)
    for each, span in wanted.items():
        if each.subject and each.subject.kpi:
            for period in filter(None, (span.now, span.then)):
                asked[period].add((each.subject.kpi, each.agency))
    return asked


def _together(asked: Iterable[tuple[Kpi, str | None]]) -> Iterable[tuple[set[str | None], list[Kpi]]]:
    """Definitions that only cells are needed for go together; one that is judged by facts may fail alone."""
    cells = [(kpi, agency) for kpi, agency in asked if kpi.of_cells]
    if cells:
        yield {agency for _, agency in cells}, list(dict.fromkeys(kpi for kpi, _ in cells))
    facts: dict[Kpi, set[str | None]] = defaultdict(set)
    for kpi_, agency in asked:
        if not kpi_.of_cells:
            facts[kpi_].add(agency)
    yield from ((agencies, [kpi_]) for kpi_, agencies in facts.items())


def _ask(
    client: Client, period: Period, kpis: list[Kpi], agencies: set[str | None], known: Mapping[str, Agency]
) -> Found:
    found: Found = {}
    if None in agencies:
        found |= {(each.kpi, period, None): each for each in kpi(client, Scope(period), kpis=kpis)}
    named = {agency for agency in agencies if agency is not None}
    below = readings(client, kpis, period, known, named) if named else {}
    return found | {(asked, period, agency): each for (asked, agency), each in below.items()}


def _seen(each: Watched, span: Span, found: Found, turns: Turns) -> Seen:
    about = each.subject.kpi if each.subject else None
    if about is None:
        return FAILED
    now = found.get((about, span.now, each.agency))
    if span.then is None:
        return FAILED if now is None else value_of(now)
    then = found.get((about, span.then, each.agency))
    if now is None or then is None:
        return FAILED
    return change_of(now, then, turns.get(each.agency or "", ()))

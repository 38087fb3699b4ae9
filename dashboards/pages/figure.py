"""One KPI: what it means in words, how this period's number came about, and where it stops meaning anything."""

from collections.abc import Iterator
from textwrap import dedent
from typing import Any

from dashboards.board import FRESH, Board
from dashboards.figures import UNKNOWN, Reading, Scope, kpi
from dashboards.judged import question as judging
from dashboards.pages import inputs
from dashboards.pages.closed import restated
from dashboards.pages.period_bar import period_bar
from dashboards.pages.shared import SLOW, data_at, known_agencies
from dashboards.pages.visit import Visit
from dashboards.parts import Part, in_parts
from dashboards.question import question, services_on_last_day
from dashboards.reach import reach
from dashboards.relations import Basis
from dashboards.tiles import JUDGED_FRESH, tiles
from metrics.catalogue import CATALOGUE
from metrics.kpi import TRUSTED, Kpi, Points
from metrics.readings.prose import definition, term
from metrics.terms import COUNTED, ServicesInForce
from metrics.unit import Unit


def values(board: Board, visit: Visit) -> dict[str, Any]:
    shown, period, agency = inputs.kpi(visit), inputs.period(board, visit), visit.get("agency")
    by_channel = board.soon(lambda: channels(board, Scope(period, agency, "channel"), shown))
    tile = tiles(board, Scope(period, agency), kpis=[shown])[0]
    target = inputs.decimal(visit, "target", 0, 100)
    return {
        "bar": period_bar(board, period),
        "kpi": shown,
        "was": restated(board, period, agency, [tile.reading]).get(shown),
        "agency": known_agencies(board, period).get(agency) if agency else None,
        "tile": tile,
        "parts": parts(board, Scope(period, agency), shown),
        "definition": definition(shown),
        "target": target,
        "reached": reach(tile.reading, target) if target is not None else None,
        "aims": isinstance(shown.formula, Points) or shown.unit is Unit.PERCENT,
        "trusted": TRUSTED,
        "in_force": shown.source.holds(period.first, period.last),
        "terms": [term(each) for each in shown.terms()],
        "questions": list(questions(shown, some_agencies=agency is not None)),
        "limits": list(limits(shown)),
        "versions": [each for each in CATALOGUE if each.id == shown.id],
        "channels": by_channel.result(),
        "query": {"period": period.name, "agency": agency},
        "data_at": data_at(board),
    }


def channels(board: Board, scope: Scope, shown: Kpi) -> list[Reading]:
    """Of this figure alone: its whole family would be asked twice as long for."""
    key, seconds = ("channels", shown.id, shown.version, scope), FRESH if shown.of_cells else JUDGED_FRESH
    read = board.read(key, lambda client: kpi(client, scope, kpis=[shown]), seconds)
    return sorted(read.value, key=lambda reading: (reading.key == UNKNOWN, reading.key))


def parts(board: Board, scope: Scope, shown: Kpi) -> list[Part]:
    """Where the period is made of several."""
    key = ("parts", scope, shown.id, shown.version)
    return board.read(key, lambda client: in_parts(client, scope, [shown]), SLOW).value


def questions(shown: Kpi, *, some_agencies: bool) -> Iterator[str]:
    """What is asked of the store, one question a term."""
    for each in shown.terms():
        if isinstance(each, ServicesInForce):
            yield f"SELECT count() FROM ({services_on_last_day(each.services)})"
        elif isinstance(each, COUNTED):
            yield dedent(question([each], Basis.CELLS, None, some_agencies=some_agencies)).strip()
        else:
            yield dedent(judging([each], None, some_agencies=some_agencies)).strip()


def limits(shown: Kpi) -> Iterator[str]:
    """The keys of the sentences that its declaration calls for."""
    yield "limit_late"
    if any(isinstance(each, ServicesInForce) or getattr(each, "services", None) is not None for each in shown.terms()):
        yield "limit_catalogue"
    if any(isinstance(each, ServicesInForce) for each in shown.terms()):
        yield "limit_whole"
    if any(isinstance(each, COUNTED) and each.measure.facts.table == "payment" for each in shown.terms()):
        yield "limit_payments"

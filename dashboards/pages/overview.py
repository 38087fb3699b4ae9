"""The overview of a period: every figure, what needs work, and the agencies to look at."""

from typing import Any

from dashboards.board import Board
from dashboards.figures import Scope
from dashboards.pages import inputs
from dashboards.pages.closed import restated
from dashboards.pages.period_bar import period_bar
from dashboards.pages.shared import comparable, data_at, families, known_agencies, late_counts, league_of, worst
from dashboards.pages.visit import Visit
from dashboards.tiles import tiles


def values(board: Board, visit: Visit) -> dict[str, Any]:
    period, agency = inputs.period(board, visit), visit.get("agency")
    shown = tiles(board, Scope(period, agency))
    return {
        "bar": period_bar(board, period),
        "families": families(shown),
        "restated": restated(board, period, agency, (tile.reading for tile in shown)),
        "agency": known_agencies(board, period).get(agency) if agency else None,
        "late": late_counts(board, agency),
        "worst": [] if agency else [(kpi, worst(league_of(board, kpi, period, None))) for kpi in comparable()],
        "data_at": data_at(board),
    }

"""The wallboard: a few very large numbers, what needs work, how much is happening, and how old all of it is."""

from typing import Any

from dashboards.board import Board
from dashboards.figures import Scope
from dashboards.pages import inputs
from dashboards.pages.period_bar import period_bar
from dashboards.pages.shared import comparable, data_at, late_counts, league_of, minutes, worst
from dashboards.pages.visit import Visit
from dashboards.tiles import tiles

LARGE = 4
"""Tiles that can be read from four metres; the others are smaller, below."""
LISTS = 2


def values(board: Board, visit: Visit) -> dict[str, Any]:
    period, agency = inputs.period(board, visit), visit.get("agency")
    found = tiles(board, Scope(period, agency))
    tier = inputs.tier(visit)
    return {
        "bar": period_bar(board, period),
        "large": found[:LARGE],
        "small": found[LARGE:],
        "late": late_counts(board, agency),
        "worst": [(kpi, worst(league_of(board, kpi, period, tier))) for kpi in comparable()[-LISTS:]],
        "activity": minutes(board),
        "data_at": data_at(board),
    }

"""What several pages show, asked once and kept for all who look."""

from collections.abc import Iterable
from datetime import datetime

from dashboards.activity import Activity, rows
from dashboards.agencies import Agency, agencies
from dashboards.ages import as_of
from dashboards.board import Board
from dashboards.late import Window, how_many
from dashboards.league import League, Row, league
from dashboards.pipeline import progress
from dashboards.tiles import Tile
from metrics.catalogue import HEADLINE
from metrics.civil import civil
from metrics.kpi import Family, Kpi, Ratio
from metrics.period import Period
from metrics.terms import ServicesInForce

SLOW = 10.0
"""Seconds that lists may be behind the figures."""
OFTEN = 0.5
WORST = 5


def families(found: Iterable[Tile]) -> dict[Family, list[Tile]]:
    """In the catalogue's order."""
    grouped: dict[Family, list[Tile]] = {}
    for tile in found:
        grouped.setdefault(tile.kpi.family, []).append(tile)
    return grouped


def late_counts(board: Board, agency: str | None) -> dict[Window, int]:
    return board.read(("late", agency), lambda client: how_many(client, board.now(), agency), SLOW).value


def minutes(board: Board) -> Activity:
    """Looked at whenever somebody looks at a live page."""
    read = board.read("rows", rows, OFTEN)
    board.meter.note(read.as_of, read.value)
    return board.meter.activity(board.now())


def league_of(board: Board, kpi: Kpi, period: Period, tier: str | None) -> League:
    today = civil(board.now()).date()
    return board.read(
        ("league", kpi.id, kpi.version, period, tier), lambda client: league(client, kpi, period, today, tier), SLOW
    ).value


def known_agencies(board: Board, period: Period) -> dict[str, Agency]:
    return board.read(("agencies", period.last), lambda client: agencies(client, period.last), SLOW).value


def comparable() -> list[Kpi]:
    """Rates whose denominator is the agency's own, so that agencies can be set side by side."""
    return [
        kpi
        for kpi in HEADLINE
        if isinstance(kpi.formula, Ratio)
        and not isinstance(kpi.formula.whole, ServicesInForce)
        and "agency" in kpi.dimensions()
    ]


def worst(found: League) -> list[Row]:
    """The last few of the ranked ones, the last first, unless they share the best value."""
    ranked = [row for row in found.rows if row.rank is not None and row.rank > 1]
    return ranked[: -WORST - 1 : -1]


def data_at(board: Board) -> datetime | None:
    """The oldest moment up to which the figures of the catalogue are complete."""
    done = board.read("progress", progress).value
    return min((at for kpi in HEADLINE if (at := as_of(kpi, done))), default=None)

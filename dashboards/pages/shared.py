"""What several pages show, asked once and kept for all who look."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from clickhouse_connect.driver.client import Client

from dashboards.activity import Activity, rows
from dashboards.agencies import Agency, agencies
from dashboards.ages import as_of
from dashboards.board import Board
from dashboards.cache import Read
from dashboards.figures import agencies_below
from dashboards.late import Window, by_agency, total
from dashboards.league import League, Row, Standings, beside, compared, standings
from dashboards.pipeline import progress
from dashboards.tiles import SETTLED, Tile, turns_of_all
from metrics.catalogue import HEADLINE
from metrics.civil import civil
from metrics.kpi import Family, Kpi, Ratio
from metrics.period import Period, parse
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
    return late_read(board, agency).value


def late_read(board: Board, agency: str | None) -> Read[dict[Window, int]]:
    """All agencies are counted by one question, for pages and API alike."""
    every = board.read("late", lambda client: by_agency(client, board.now()), SLOW)
    today = civil(board.now()).date()
    below = None if agency is None else known_below(board, agency, parse(today.isoformat()))
    return Read(total(every.value, below), every.as_of)


def known_below(board: Board, agency: str, period: Period) -> list[str]:
    key = ("below", agency, period.last)
    return board.read(key, lambda client: agencies_below(client, agency, period), SLOW).value


def minutes(board: Board) -> Activity:
    """Looked at whenever somebody looks at a live page."""
    read = board.read("rows", rows, OFTEN)
    board.meter.note(read.as_of, read.value)
    return board.meter.activity(board.now())


def league_of(board: Board, kpi: Kpi, period: Period, tier: str | None) -> League:
    """KPIs that are compared everywhere are asked together; what was a year before is over and kept longer."""
    kpis = comparable() if kpi in comparable() else [kpi]

    def read(_: Client) -> League:
        known, earlier = known_agencies(board, period), compared(period, civil(board.now()).date())
        before = standings_of(board, kpis, earlier, period, tier, SETTLED) if earlier else {kpi: {}}
        now = standings_of(board, kpis, period, period, tier, SLOW)
        return beside(now[kpi], before[kpi], League(kpi, period, tier, ()), known, turns_of_all(board))

    return board.read(("league", kpi.id, kpi.version, period, tier), read, SLOW).value


def standings_of(  # noqa: PLR0913, PLR0917 - the agencies may be those of another period
    board: Board, kpis: Sequence[Kpi], period: Period, tree: Period, tier: str | None, seconds: float
) -> Standings:
    key = ("standings", tuple((kpi.id, kpi.version) for kpi in kpis), period, tree, tier)
    known = known_agencies(board, tree)
    return board.read(key, lambda client: standings(client, kpis, period, known, tier), seconds).value


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

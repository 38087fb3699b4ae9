"""What pages about a closed period say beside its live figures: that it was closed, and what was reported then."""

from collections.abc import Iterable, Mapping

from dashboards.board import Board
from dashboards.closing.closes import Close, closes
from dashboards.closing.figures import Frozen, frozen
from dashboards.closing.pairs import Pair
from dashboards.figures import Reading, Scope
from dashboards.pages.shared import SLOW
from dashboards.tiles import SETTLED
from metrics.kpi import Kpi
from metrics.period import Period


def every_close(board: Board) -> Mapping[str, Close]:
    """By the name of the period, the one that ended last first."""
    return board.read("closes", closes, SLOW).value


def close_on(board: Board, period: Period) -> Close | None:
    return every_close(board).get(period.name)


def reported(board: Board, close: Close, agency: str | None) -> Mapping[tuple[str, int], Frozen]:
    """The figures of a place as they were closed, by id and version of the definition."""
    scope = Scope(close.period, agency)
    figures = board.read(("frozen", close.id, agency), lambda client: frozen(client, close, scope), SETTLED).value
    return {(figure["kpi"], figure["version"]): figure for figure in figures}


def restated(board: Board, period: Period, agency: str | None, shown: Iterable[Reading]) -> dict[Kpi, Frozen]:
    """Of the readings that a page shows, those that are no longer what was closed, with what they were."""
    close = close_on(board, period)
    if close is None:
        return {}
    was = reported(board, close, agency)
    found = ((one.kpi, was.get((one.kpi.id, one.kpi.version)), one) for one in shown)
    return {kpi: then for kpi, then, now in found if then is not None and Pair(kpi, then, now.json()).differs}

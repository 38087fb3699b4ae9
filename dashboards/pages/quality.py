"""How good the data is, and whether the pipeline moves."""

from typing import Any

from dashboards.ages import stream_as_of
from dashboards.api.lists.quality import check_named
from dashboards.api.states import RECONCILED
from dashboards.board import Board
from dashboards.items import moment
from dashboards.pages import inputs
from dashboards.pages.lists import Listing, listed
from dashboards.pages.period_bar import period_bar
from dashboards.pages.shared import SLOW, data_at, known_agencies
from dashboards.pages.visit import Visit
from dashboards.payments import unplaced_by_day, unplaced_count
from dashboards.pipeline import Progress, progress
from dashboards.quality import KEPT, by_day, checked, reasons
from dashboards.reconcile import drift


def values(board: Board, visit: Visit) -> dict[str, Any]:
    period = inputs.period(board, visit)
    letters = board.soon(lambda: board.read("reasons", reasons, SLOW).value)
    counted = board.soon(lambda: unplaced_count(board.read("unplaced", unplaced_by_day, KEPT).value, period))
    found = failing(board, visit, period.name)
    unplaced = counted.result()
    return {
        "bar": period_bar(board, period),
        "health": board.health().value,
        "sources": sources(board.read("progress", progress).value),
        "checked": checked(board.read("checks", by_day, KEPT).value, period),
        "check": check_named(name) if (name := visit.get("check")) else None,
        "failing": found,
        "unplaced": listed(board, visit, "unplaced", period=period.name) if unplaced else None,
        "unplaced_count": unplaced,
        "agencies": known_agencies(board, period),
        "reasons": letters.result(),
        "drift": board.read("drift", drift, RECONCILED) if inputs.flag(visit, "reconcile") else None,
        "data_at": data_at(board),
    }


def failing(board: Board, visit: Visit, period: str) -> Listing | None:
    return listed(board, visit, "failing", period=period) if visit.get("check") else None


def sources(done: list[Progress]) -> list[dict[str, Any]]:
    """One row a stream."""
    return [
        {
            "stream": stream,
            "records": sum(p.next_offset for p in done if p.stream == stream),
            "newest": moment(max((p.newest_at for p in done if p.stream == stream and p.newest_at), default=None)),
            "written": moment(max(p.written_at for p in done if p.stream == stream)),
            "as_of": stream_as_of(stream, done),
        }
        for stream in sorted({p.stream for p in done})
    ]

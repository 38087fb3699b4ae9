"""Closed periods: which there are, what has changed since in one of them, and by which things."""

from dataclasses import dataclass
from typing import Any

from dashboards.board import Board
from dashboards.closing.closes import Close
from dashboards.closing.differences import Turn
from dashboards.closing.figures import of_kept
from dashboards.closing.named import kinds
from dashboards.closing.pairs import pairs
from dashboards.closing.restating import restatements
from dashboards.figures import Scope
from dashboards.pages import inputs
from dashboards.pages.closed import close_on, every_close, reported
from dashboards.pages.dossiers import names
from dashboards.pages.lists import Listing, listed
from dashboards.pages.period_bar import period_bar
from dashboards.pages.shared import SLOW, data_at, known_agencies
from dashboards.pages.visit import Visit
from dashboards.tiles import SETTLED
from metrics.catalogue import FAMILIES

ROWS = 12


@dataclass(frozen=True, slots=True)
class Closed:
    """A row of the list: how many of the province's figures are no longer what they were."""

    close: Close
    restated: int
    figures: int


def values(board: Board, visit: Visit) -> dict[str, Any]:
    """Without a period the list, newest first."""
    if visit.get("period") is None:
        found = list(every_close(board).values())
        page = inputs.number(visit, "page", 1, len(found) // ROWS + 1, 1)
        rows = [row(board, close) for close in found[ROWS * (page - 1) : ROWS * page]]
        return {"rows": rows, "page": page, "more": len(found) > ROWS * page, "bar": None}
    return one(board, visit)


def row(board: Board, close: Close) -> Closed:
    found = board.read(("pairs", close.id), lambda client: pairs(client, close, Scope(close.period)), SETTLED).value
    return Closed(close, sum(pair.differs for pair in found), len(found))


def one(board: Board, visit: Visit) -> dict[str, Any]:
    period, agency = inputs.period(board, visit), visit.get("agency")
    close = close_on(board, period)
    family = inputs.choice(visit, "family", [each.id for each in FAMILIES]) or FAMILIES[0].id
    found = [] if close is None else every(board, close, agency, family)
    known = known_agencies(board, period)
    return {
        "bar": period_bar(board, period),
        "close": close,
        "agency": known.get(agency) if agency else None,
        "found": found,
        "families": FAMILIES,
        "family": family,
        "figures": 0 if close is None else len(list(of_kept(reported(board, close, agency).values(), family))),
        **(named(board, visit) if close is not None and visit.get("kpi") else {"kpi": None}),
        "agencies": known,
        "services": names(board),
        "data_at": data_at(board),
    }


def every(board: Board, close: Close, agency: str | None, family: str) -> Any:
    key = ("restatements", close.id, agency, family)
    return board.read(key, lambda client: restatements(client, close, agency, family), SLOW).value


def named(board: Board, visit: Visit) -> dict[str, Any]:
    """The things by which one figure differs."""
    kpi = inputs.kpi(visit)
    thing = inputs.choice(visit, "thing", kinds(kpi)) or next(iter(kinds(kpi)), None)
    listing: Listing = listed(board, visit, "restated")
    return {"kpi": kpi, "thing": thing, "listing": listing, "turns": [turn.value for turn in Turn]}

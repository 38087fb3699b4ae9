"""Puts the pages into an application: the one call that create_app needs."""

from pathlib import Path

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from dashboards.board import Board
from dashboards.live import Hub
from dashboards.pages import charts, inputs, reports, routes
from dashboards.pages.preferences import Preferences
from dashboards.pages.shared import OFTEN, minutes
from dashboards.pages.visit import Visit
from dashboards.pipeline import Progress, progress
from metrics.civil import civil
from metrics.errors import Misconfigured

STATIC = Path(__file__).parents[1] / "static"


def install(app: FastAPI, board: Board) -> None:
    """Afterwards every request has request.state.lang and request.state.theme."""
    app.state.hub = Hub(lambda: mark(board), routes.draw(board), board.now, lambda visit: settled(board, visit))
    app.include_router(charts.router)
    app.include_router(reports.router)
    app.include_router(routes.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(Preferences)


def settled(board: Board, visit: Visit) -> bool:
    """A page about a period that is over: only late data changes it."""
    try:
        return inputs.period(board, visit).last < civil(board.now()).date()
    except Misconfigured:
        return False


def mark(board: Board) -> tuple[Progress, ...]:
    """Another one whenever something was written."""
    minutes(board)
    return tuple(board.read("progress", progress, OFTEN).value)

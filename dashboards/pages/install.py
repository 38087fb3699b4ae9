"""Puts the pages into an application: the one call that create_app needs."""

from pathlib import Path

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from dashboards.board import Board
from dashboards.live import Hub
from dashboards.pages import charts, routes
from dashboards.pages.preferences import Preferences
from dashboards.pipeline import progress

STATIC = Path(__file__).parents[1] / "static"
OFTEN = 0.5


def install(app: FastAPI, board: Board) -> None:
    """Afterwards every request has request.state.lang and request.state.theme."""
    app.state.hub = Hub(lambda: tuple(board.read("progress", progress, OFTEN).value), routes.draw(board), board.now)
    app.include_router(charts.router)
    app.include_router(routes.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(Preferences)

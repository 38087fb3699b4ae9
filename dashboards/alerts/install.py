"""Puts the pages and the API of alerts and of actions into an application."""

from fastapi import FastAPI

from dashboards.actions import forms
from dashboards.actions import pages as actions
from dashboards.alerts import api, editor, pages
from dashboards.alerts.desk import Desk
from dashboards.board import Board


def install(app: FastAPI, board: Board, prefix: str) -> None:
    """What changes something is only there where somebody can log in."""
    app.state.alerts = Desk.of(board)
    app.include_router(api.router, prefix=prefix)
    app.include_router(pages.look)
    app.include_router(editor.look)
    app.include_router(actions.look)
    if board.config.security is not None:
        app.include_router(pages.change)
        app.include_router(editor.change)
        app.include_router(forms.change)

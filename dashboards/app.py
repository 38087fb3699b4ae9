"""The board: one application assembled from its routers, with everything it needs handed in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from dashboards import telemetry
from dashboards.alerts import install as alerts
from dashboards.api import calendar, errors, exports, figures, health, national, portal, pro_forma, routes, states
from dashboards.api.models import Problem
from dashboards.auth import install as guard
from dashboards.auth.refusal import for_people
from dashboards.board import Board, BoardConfig
from dashboards.digest import pages as digests
from dashboards.head import Head
from dashboards.pages import install as pages
from dashboards.pages.problem import problem

API = "/api/v1"


def create_app(config: BoardConfig) -> FastAPI:
    app = FastAPI(title="nhip", openapi_url=f"{API}/openapi.json", docs_url=None, redoc_url=None, lifespan=_life)
    app.state.board = board = Board(config)
    app.include_router(api(), prefix=API)
    app.include_router(health.router)
    for kind in errors.HANDLED:
        app.add_exception_handler(kind, failed)
    app.add_middleware(Head)
    alerts.install(app, board, API)
    digests.install(app, board, API)
    pages.install(app, board)
    telemetry.install(app, board)
    if config.security is not None:  # last: what is added later would stand before it
        guard.install(app, config.security)
    return app


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.board.close()


def api() -> APIRouter:
    whole = APIRouter(responses={400: {"model": Problem}, 404: {"model": Problem}, 503: {"model": Problem}})
    for part in (routes, figures, pro_forma, states, calendar, portal, national, exports):
        whole.include_router(part.router)
    return whole


async def failed(request: Request, error: Exception) -> Response:
    """Scripts hear JSON, people see a page."""
    return await run_in_threadpool(problem, request, error) if for_people(request) else errors.failed(error)

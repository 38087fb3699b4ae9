"""`/metrics`: how nhip itself does, in Prometheus' format. The pipeline is judged by what is in the store and the log.

Whoever scrapes brings the token of the settings. Without one only this machine may ask, and only a board that nobody
else reaches: behind a proxy everybody seems to come from here.
"""

import hmac
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

from fastapi import APIRouter, FastAPI, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboards.auth.security import is_loopback
from dashboards.board import Board, Given
from dashboards.health import Health
from dashboards.pipeline import dead_counts, progress
from dashboards.reconcile import drift
from metrics.errors import Unavailable

SLOWLY, SELDOM = 30.0, 900.0
"""Seconds for which a count of dead letters and a reading of drift serve: the latter reads everything there is."""
BUCKETS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
FORBIDDEN = 403

router = APIRouter(include_in_schema=False)


def install(app: FastAPI, board: Board) -> None:
    registry = CollectorRegistry()
    seconds = Histogram(
        "nhip_request_seconds",
        "Seconds until an answer of the board begins",
        ("route", "method", "status"),
        registry=registry,
        buckets=BUCKETS,
    )
    registry.register(Pipeline(board))
    app.state.telemetry = registry
    app.include_router(router)
    app.add_middleware(Timed, seconds=seconds)


@router.get("/metrics")
def metrics(request: Request, board: Given) -> Response:
    if not may_scrape(request, board.config.metrics_token):
        return Response("bring the token of NHIP_METRICS_TOKEN\n", FORBIDDEN, media_type="text/plain")
    return Response(generate_latest(request.app.state.telemetry), media_type=CONTENT_TYPE_LATEST)


def may_scrape(request: Request, token: str) -> bool:
    if token:
        return hmac.compare_digest(request.headers.get("authorization", "").encode(), f"Bearer {token}".encode())
    security = request.app.state.board.config.security
    alone = security is None or not security.reached_by_others
    return alone and request.client is not None and is_loopback(request.client.host)


class Timed:
    """Measures inside the guard. A live stream counts until it begins."""

    def __init__(self, app: ASGIApp, seconds: Histogram, clock: Callable[[], float] = time.perf_counter) -> None:
        self._app, self._seconds, self._clock = app, seconds, clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = self._clock()

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = getattr(scope.get("route"), "path", "other")
                self._seconds.labels(route, scope["method"], message["status"]).observe(self._clock() - began)
            await send(message)

        await self._app(scope, receive, tell)


class Pipeline(Collector):
    """Read when it is asked for. What the store cannot say is left out: its own part then says that it is away."""

    def __init__(self, board: Board) -> None:
        self._board = board

    def collect(self) -> Iterator[Metric]:
        health = self._board.health().value
        yield from self._parts(health)
        yield from self._ages(health)
        with suppress(Unavailable):
            yield family(
                "nhip_progress_records", "Records of each stream that are in the store", ("stream",), self._progress()
            )
            letters = self._board.read("telemetry: dead letters", dead_counts, SLOWLY).value
            yield family("nhip_dead_letters", "Rejected lines by kind of input", ("kind",), letters)
        with suppress(Unavailable):
            found = self._board.read("telemetry: drift", lambda client: len(drift(client)), SELDOM).value
            yield GaugeMetricFamily("nhip_drift_figures", "Figures that differ between facts and cells", found)

    def _parts(self, health: Health) -> Iterator[Metric]:
        moves = {part.name: float(part.moves) for part in health.parts}
        yield family("nhip_part_moves", "1 where a part moves", ("part",), moves)
        lags = {part.name.removeprefix("worker "): part.lag for part in health.parts if part.lag is not None}
        yield family("nhip_lag_records", "Records in the log that are not in the store yet", ("stream",), lags)

    def _ages(self, health: Health) -> Iterator[Metric]:
        now = self._board.now()
        if health.data_at:
            age = (now - health.data_at).total_seconds()
            yield GaugeMetricFamily("nhip_data_age_seconds", "Since the newest moment in the data", age)
        if health.written_at:
            age = (now - health.written_at).total_seconds()
            yield GaugeMetricFamily("nhip_written_age_seconds", "Since anything was last written", age)

    def _progress(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for one in progress(self._board.client()):
            found[one.stream] = found.get(one.stream, 0) + one.next_offset
        return found


def family(name: str, says: str, labels: tuple[str], values: dict[str, float] | dict[str, int]) -> Metric:
    made = GaugeMetricFamily(name, says, labels=labels)
    for label, value in values.items():
        made.add_metric((label,), value)
    return made

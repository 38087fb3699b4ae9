"""Charts by their own addresses: as an image that needs no JavaScript, and as what the browser draws it from."""

import json
from functools import cache
from hashlib import blake2b

from fastapi import APIRouter, Request
from starlette.responses import Response

from dashboards import charts
from dashboards.board import Board, Given
from dashboards.figures import Scope
from dashboards.pages import inputs
from dashboards.pages.shared import SLOW
from dashboards.pages.visit import Theme, Visit, visit_of
from dashboards.portal import Portal
from dashboards.portal_chart import course
from dashboards.portal_read import portal_of
from dashboards.tiles import SETTLED, Tile, tiles

router = APIRouter(include_in_schema=False)

KEPT = {"Cache-Control": "private, max-age=60"}


@router.get("/chart/trend.svg")
def image(request: Request, board: Given) -> Response:
    visit = visit_of(request)
    tile = _shown(board, visit)
    key = ("chart", tile.trend, tile.turns, visit.lang, visit.theme)
    drawn = board.read(key, lambda _client: charts.svg(_trend(tile, visit)), SETTLED).value
    return Response(drawn, media_type="image/svg+xml", headers=KEPT)


@router.get("/chart/trend.json")
def declaration(request: Request, board: Given) -> Response:
    visit = visit_of(request)
    return Response(json.dumps(_trend(_shown(board, visit), visit)), media_type="application/json", headers=KEPT)


@router.get("/chart/portal.svg")
def course_image(request: Request, board: Given) -> Response:
    visit = visit_of(request)
    said = portal_of(board, inputs.period(board, visit, "day"), SLOW).value
    key = ("course", said.course, visit.lang, visit.theme)
    drawn = board.read(key, lambda _client: charts.svg(_course(said, visit)), SETTLED).value
    return Response(drawn, media_type="image/svg+xml", headers=KEPT)


@router.get("/chart/portal.json")
def course_declaration(request: Request, board: Given) -> Response:
    visit = visit_of(request)
    spec = _course(portal_of(board, inputs.period(board, visit, "day"), SLOW).value, visit)
    return Response(json.dumps(spec), media_type="application/json", headers=KEPT)


@router.get("/chart/vega.js")
def vega(request: Request) -> Response:
    script, tag = bundle()
    headers = {"ETag": tag, "Cache-Control": "private, max-age=86400"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(script, media_type="text/javascript", headers=headers)


@cache
def bundle() -> tuple[bytes, str]:
    script = charts.bundle().encode()
    return script, f'"{blake2b(script, digest_size=8).hexdigest()}"'


def _shown(board: Board, visit: Visit) -> Tile:
    scope = Scope(inputs.period(board, visit), visit.get("agency"))
    return tiles(board, scope, kpis=[inputs.kpi(visit)])[0]


def _trend(tile: Tile, visit: Visit) -> charts.Spec:
    return charts.trend(tile.trend, tile.trend_breaks, visit.lang, dark=visit.theme is Theme.DARK)


def _course(said: Portal, visit: Visit) -> charts.Spec:
    return course(said, visit.lang, dark=visit.theme is Theme.DARK)

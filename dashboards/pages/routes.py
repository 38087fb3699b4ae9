"""The routes of the pages, and of the stream that keeps them live."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse

from dashboards.api.errors import HANDLED, unknown
from dashboards.board import Board, Given
from dashboards.live import Hub
from dashboards.pages.problem import problem
from dashboards.pages.render import drawn, render
from dashboards.pages.rotation import rotation
from dashboards.pages.views import VIEWS, View, named
from dashboards.pages.visit import Visit, live_visit, visit_of

router = APIRouter(include_in_schema=False)


def page(view: View) -> Callable[[Request, Given], Response]:
    def shown(request: Request, board: Given) -> Response:
        visit = visit_of(request)
        try:
            return render(request, view.template, live=view.live, rotation=rotation(visit), **view.values(board, visit))
        except HANDLED as error:
            return problem(request, error)

    return shown


for each in VIEWS:
    router.add_api_route(each.path, page(each), methods=["GET"])


@router.get("/live")
async def live(request: Request, page: str = "/") -> Response:
    """Server-sent events: `page` when what is shown there has changed, `beat` that we are alive, and the store is."""
    view, visit = looked_at(request, page)
    if not view.live:
        raise unknown("page", "this page is not live")
    hub: Hub[Visit] = request.app.state.hub
    return StreamingResponse(hub.stream(visit), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


def looked_at(request: Request, page: str) -> tuple[View, Visit]:
    visit = live_visit(page, request.state.lang)
    for view in VIEWS:
        found = named(view, visit.path)
        if found is not None:
            return view, visit.having(found)
    raise unknown("page", "there is no such page")


def draw(board: Board) -> Callable[[Visit], str]:
    """The part of a page that changes. Misconfigured or Wrong where its address is wrong, as for the page itself."""

    def fragment(visit: Visit) -> str:
        view = next(view for view in VIEWS if named(view, visit.path) is not None)
        return drawn(visit, f"live/{view.template}", board.now(), live=True, **view.values(board, visit))

    return fragment

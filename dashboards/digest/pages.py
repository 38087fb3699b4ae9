"""The page of digests: what was issued, and each issue as it was sent."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from dashboards.api.errors import HANDLED, unknown
from dashboards.api.given import Code
from dashboards.auth.rows import Rows
from dashboards.board import Board
from dashboards.digest.archive import Archive
from dashboards.digest.letter import TYPES, Form, part
from dashboards.pages.problem import problem
from dashboards.pages.render import render
from metrics.period import parse

router = APIRouter(include_in_schema=False)

CLOSED_OFF = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""An archived letter brings its own look and pictures, and may do nothing."""
READ_HERE = frozenset({Form.HTML, Form.PDF, Form.TEXT})


class Wanted(BaseModel):
    """Which issue, and in what form; without a revision the newest."""

    period: str
    revision: Annotated[int, Field(ge=1, le=10_000)] | None = None
    agency: Code | None = None
    form: Form = Form.HTML


@dataclass(frozen=True, slots=True)
class Shelf:
    board: Board
    archive: Archive


def install(app: FastAPI, board: Board) -> None:
    app.state.digests = Shelf(board, Archive(Rows(board.config.clickhouse)))
    app.include_router(router)


def shelf_of(request: Request) -> Shelf:
    shelf: Shelf = request.app.state.digests
    return shelf


AtShelf = Annotated[Shelf, Depends(shelf_of)]


@router.get("/digest")
def digests(request: Request, shelf: AtShelf) -> Response:
    try:
        return render(request, "digests.html", entries=shelf.archive.entries())
    except HANDLED as error:
        return problem(request, error)


@router.get("/digest/issue")
def issue(wanted: Annotated[Wanted, Query()], shelf: AtShelf) -> Response:
    period = parse(wanted.period)
    found = (
        shelf.archive.newest(period, wanted.agency)
        if wanted.revision is None
        else shelf.archive.get(period, wanted.agency, wanted.revision)
    )
    if found is None:
        raise unknown("period", "no such issue")
    how = "inline" if wanted.form in READ_HERE else "attachment"
    name = f"nhip-{period.name}-{found.revision}.{wanted.form}"
    headers = {"Content-Disposition": f'{how}; filename="{name}"', "Content-Security-Policy": CLOSED_OFF}
    return Response(part(found.mail, wanted.form), media_type=TYPES[wanted.form], headers=headers)

"""The page of digests and its list as JSON: what was issued, and each issue as it was sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter, Depends, FastAPI, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from dashboards.alerts.outbox import Outcome
from dashboards.api.answers import answered
from dashboards.api.errors import HANDLED, unknown
from dashboards.api.given import Code
from dashboards.api.models import Model
from dashboards.auth.rows import Rows
from dashboards.board import Board
from dashboards.digest.archive import Archive, Entry
from dashboards.digest.letter import TYPES, Form, part
from dashboards.pages.problem import problem
from dashboards.pages.render import render
from metrics.civil import civil
from metrics.period import parse

router, listed = APIRouter(include_in_schema=False), APIRouter()

CLOSED_OFF = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""An archived letter brings its own look and pictures, and may do nothing."""
READ_HERE = frozenset({Form.HTML, Form.PDF, Form.TEXT})


class Wanted(BaseModel):
    """Which issue, and in what form; without a revision the newest."""

    period: str
    revision: Annotated[int, Field(ge=1, le=10_000)] | None = None
    agency: Code | None = None
    form: Form = Form.HTML


class IssueItem(Model):
    """An issue; without an agency it is about the province. `outcomes`: messages by what became of them."""

    period: str
    agency: str | None
    revision: int
    made_at: datetime
    subject: str
    changes: tuple[str, ...]
    outcomes: dict[Outcome, int]

    @classmethod
    def of(cls, entry: Entry) -> Self:
        return cls(
            period=entry.period.name, agency=entry.agency, revision=entry.revision, made_at=civil(entry.made_at),
            subject=entry.subject, changes=entry.changes, outcomes=entry.outcomes,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shelf:
    board: Board
    archive: Archive


def install(app: FastAPI, board: Board, prefix: str) -> None:
    app.state.digests = Shelf(board, Archive(Rows(board.config.clickhouse)))
    app.include_router(router)
    app.include_router(listed, prefix=prefix)


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


@listed.get("/digests", response_model=list[IssueItem])
def issues(request: Request, shelf: AtShelf) -> Response:
    """Every issue, newest first; each as it was sent is at /digest/issue?period=&revision=&agency=&form=."""
    return answered(request, [IssueItem.of(each) for each in shelf.archive.entries()], shelf.board.now())


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

"""`/exports/TABLE.csv`, `.xlsx`, `.parquet`: a whole list as a file, asked as the list itself is asked."""

from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException

from dashboards.api.answers import AS_OF
from dashboards.api.errors import Wrong, unknown
from dashboards.api.given import Asked
from dashboards.api.listed import Cut, every
from dashboards.api.lists.tables import TABLES, Table
from dashboards.board import Board, Given
from dashboards.exports import comma, parquet, sheet
from dashboards.exports.held import HeldFile, HeldStream
from dashboards.exports.table import Items, TooLong
from metrics.civil import civil

router = APIRouter()

PART = 20_000
RETRY_AFTER = 10
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


@router.get("/exports/{table}.{form}", response_class=Response, responses={200: {"content": {t: {} for t in TYPES}}})
def export(request: Request, table: str, form: Literal["csv", "xlsx", "parquet"], board: Given) -> Response:
    """A whole list as a file, with the same parameters as the list; `lang=en` for English titles.

    Few at once: 429 with Retry-After while others are being written.

    The lists are kpi, dossiers, agencies, league, services, late, failing, dead, actions and more: a name that is none
    is answered with all there are.
    """
    if table not in TABLES:
        raise unknown("table", f"no such table; there are {', '.join(TABLES)}")
    chosen = TABLES[table]
    asked = _asked(chosen, request)
    if not board.exporting.acquire(blocking=False):
        raise HTTPException(429, "other exports are being written: try again", {"Retry-After": str(RETRY_AFTER)})
    try:
        answer = _written(request, table, form, asked, board)
    except BaseException:
        board.exporting.release()
        raise
    answer.release = board.exporting.release
    return answer


def _written(request: Request, table: str, form: str, asked: Asked, board: Board) -> HeldStream | HeldFile:
    chosen, lang, now = TABLES[table], request.query_params.get("lang", "vi"), board.now()
    parts = _parts(chosen, asked, board)
    headers = {
        "Content-Disposition": f'attachment; filename="nhip-{table}.{form}"',
        "Cache-Control": "private, no-cache",
        AS_OF: civil(now).isoformat(timespec="seconds"),
    }
    if form == "csv":
        return HeldStream(comma.lines(chosen.item, parts, lang), headers=headers, media_type=TYPES[form])
    return _file(form, chosen, parts, lang, headers)


def _asked(table: Table, request: Request) -> Asked:
    try:
        return table.asked.model_validate(dict(request.query_params))
    except ValidationError as error:
        raise RequestValidationError([{**one, "loc": ("query", *one["loc"])} for one in error.errors()]) from error


def _parts(table: Table, asked: Asked, board: Board) -> Items:
    """The first one is read at once, so that what is wrong is said before an answer begins."""
    client, now = board.client(), board.now()
    parts = every(lambda cursor: table.part(asked, Cut(client, now, cursor, PART)))
    return chain([next(parts)], parts)


def _file(form: str, table: Table, parts: Items, lang: str, headers: dict[str, str]) -> HeldFile:
    """Written whole, sent, and taken away."""
    aside = TemporaryDirectory(prefix="nhip-export-")
    path = Path(aside.name) / f"table.{form}"
    try:
        if form == "xlsx":
            sheet.write(path, table.item, parts, lang)
        else:
            parquet.write(path, table.item, parts)
    except TooLong as error:
        aside.cleanup()
        raise Wrong("form", f"more than {sheet.MOST_ROWS} rows: take csv or parquet") from error
    except BaseException:
        aside.cleanup()
        raise
    return HeldFile(path, headers=headers, media_type=TYPES[form], background=BackgroundTask(aside.cleanup))

"""What people see when a page cannot be shown: what is wrong, since when, and that it comes back by itself."""

from http import HTTPStatus

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dashboards.api.errors import RETRY_AFTER, Wrong
from dashboards.board import board_of
from dashboards.pages.render import render
from metrics.errors import Misconfigured, Unavailable

STORE = "store"


def problem(request: Request, error: Exception) -> Response:
    """The answer to any of the errors that a page raises."""
    match error:
        case Unavailable():
            return away(request)
        case Wrong():
            return said(request, error.status, f"{error.field}: {error.error}")
        case Misconfigured():
            return said(request, HTTPStatus.BAD_REQUEST, *error.problems)
        case RequestValidationError():
            return said(request, HTTPStatus.BAD_REQUEST)
        case HTTPException():
            answer = said(request, error.status_code)
            answer.headers.update(error.headers or {})
            return answer
        case _:
            raise error


def said(request: Request, status: int, *details: str) -> Response:
    answer = render(request, "problem.html", missing=status == HTTPStatus.NOT_FOUND, details=details)
    answer.status_code = status
    return answer


def away(request: Request) -> Response:
    board = board_of(request)
    since = [part.since for part in board.health().value.parts if part.name == STORE and not part.moves]
    answer = render(request, "away.html", since=since[0] if since else board.now())
    answer.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer

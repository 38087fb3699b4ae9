"""What a script hears when something is wrong: always JSON, never a 500 for what it sent."""

import logging
from collections.abc import Sequence
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from metrics.errors import Misconfigured, Unavailable

log = logging.getLogger("nhip.board")

RETRY_AFTER = 5


class Wrong(Exception):
    """A parameter that cannot be used (400), or that names a thing nobody knows (404)."""

    def __init__(self, field: str, error: str, status: int = 400) -> None:
        self.field, self.error, self.status = field, error, status
        super().__init__(f"{field}: {error}")


def unknown(field: str, error: str) -> Wrong:
    return Wrong(field, error, 404)


def failed(error: Exception) -> JSONResponse:
    """The answer to any of the errors in HANDLED."""
    match error:
        case Wrong():
            return said(error.status, error.error, error.field)
        case RequestValidationError():
            return _invalid(error.errors())
        case Misconfigured():
            field, _, problem = error.problems[0].partition(": ")
            return said(400, problem, field)
        case Unavailable():
            log.warning("%s", error)  # it names inner addresses: not for everybody
            return said(503, "the store does not answer now: try again", None, {"Retry-After": str(RETRY_AFTER)})
        case HTTPException():
            return said(error.status_code, str(error.detail), None, error.headers)
        case _:
            raise error


HANDLED = (Wrong, RequestValidationError, Misconfigured, Unavailable, HTTPException)


def said(status: int, error: str, field: str | None, headers: Any = None) -> JSONResponse:
    return JSONResponse({"error": error, "field": field}, status, headers)


def _invalid(problems: Sequence[Any]) -> JSONResponse:
    """A part of the path that cannot be is a thing that is not there."""
    first = problems[0]
    where, *_, field = first["loc"]
    return said(404 if where == "path" else 400, str(first["msg"]), str(field))

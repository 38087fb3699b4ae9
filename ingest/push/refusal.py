"""What is answered where a request is not taken."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

SOON, LATER = 1, 5
"""Seconds after which to come again."""
TOO_LARGE = "at most 16 MiB, and 64 MiB unpacked: send the records in several requests"


class Refusal(Exception):
    def __init__(self, status: int, error: str, **headers: str) -> None:
        self.status, self.error = status, error
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


async def refused(_: Request, refusal: Exception) -> Response:
    if not isinstance(refusal, Refusal):
        raise refusal
    return JSONResponse({"error": refusal.error}, refusal.status, refusal.headers)

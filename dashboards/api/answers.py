"""An answer: JSON with a tag, so that who has it already hears only that it still holds."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b

from pydantic import BaseModel
from pydantic_core import to_json
from starlette.requests import Request
from starlette.responses import Response

from metrics.civil import civil

AS_OF = "X-As-Of"
JSON = "application/json"


def answered(request: Request, body: BaseModel | Sequence[BaseModel], as_of: datetime) -> Response:
    """The header says as of when the figures were read; it is no part of the tag, which tells their content."""
    content = to_json(body, inf_nan_mode="null")
    tag = f'"{blake2b(content, digest_size=16).hexdigest()}"'
    headers = {"ETag": tag, AS_OF: civil(as_of).isoformat(timespec="seconds"), "Cache-Control": "private, no-cache"}
    if _has(request.headers.getlist("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=JSON)


def _has(given: list[str], tag: str) -> bool:
    tags = [one.strip().removeprefix("W/") for one in ",".join(given).split(",")]
    return tag in tags or "*" in tags

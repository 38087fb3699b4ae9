"""Cursors: where a list goes on, in a form that means nothing to whoever passes it back."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime

from dashboards.api.errors import Wrong

Place = Sequence[str | int]


def cursor(place: Place | None) -> str | None:
    if place is None:
        return None
    return urlsafe_b64encode(json.dumps(list(place), ensure_ascii=False).encode()).decode().rstrip("=")


def place(cursor: str, *kinds: type) -> tuple[str | int, ...]:
    """Wrong where the cursor is none of ours."""
    try:
        found = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        fits = isinstance(found, list) and [type(value) for value in found] == list(kinds)
    except (ValueError, RecursionError):
        fits = False
    if not fits:
        raise Wrong("cursor", "not a cursor that this list gave")
    return tuple(found)


def moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Wrong("cursor", "not a cursor that this list gave") from error
    if found.tzinfo is None:
        raise Wrong("cursor", "not a cursor that this list gave")
    return found

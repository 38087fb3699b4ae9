"""Cursors: where a list goes on, in a form that means nothing to whoever passes it back."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime

from dashboards.api.errors import Wrong
from metrics.civil import FIRST_YEAR, LAST_YEAR

Place = Sequence[str | int]

LARGEST = 2**63 - 1


def cursor(place: Place | None) -> str | None:
    if place is None:
        return None
    return urlsafe_b64encode(json.dumps(list(place), ensure_ascii=False).encode()).decode().rstrip("=")


def place(cursor: str, *kinds: type) -> tuple[str | int, ...]:
    """Wrong where the cursor is none of ours."""
    try:
        found = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError) as error:
        raise strange() from error
    if not isinstance(found, list) or [type(value) for value in found] != list(kinds):
        raise strange()
    if any(isinstance(value, int) and not 0 <= value <= LARGEST for value in found):
        raise strange()
    return tuple(found)


def moment(text: str) -> datetime:
    """Of a place: what the store's calendar can hold."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise strange() from error
    if found.tzinfo is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise strange()
    return found


def strange() -> Wrong:
    return Wrong("cursor", "not a cursor that this list gave")

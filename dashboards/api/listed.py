"""A list in parts, so that the API can show one and an export can write all."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from clickhouse_connect.driver.client import Client
from pydantic import BaseModel

T_co = TypeVar("T_co", bound=BaseModel, covariant=True)


@dataclass(frozen=True, slots=True)
class Part(Generic[T_co]):
    """Some items of a list, and the cursor where it goes on."""

    items: Sequence[T_co]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """Which part: after a cursor, so many items, of the list as of now."""

    client: Client
    now: datetime
    cursor: str | None
    limit: int


def every(part: Callable[[str | None], Part[T_co]]) -> Iterator[Sequence[T_co]]:
    """The items of all parts; `part` is asked for the one at a cursor."""
    found = part(None)
    yield found.items
    while found.next is not None:
        found = part(found.next)
        yield found.items

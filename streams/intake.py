"""Between the broker and the store: a bounded buffer whose batches grow with the backlog.

When the system is quiet a single record is taken at once; while a batch is being written the next one gathers, so a
backlog goes in large batches. What is buffered is bounded in bytes and records, whatever the records hold.
"""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

MOST_BYTES = 24 * 2**20
MOST_RECORDS = 20_000


class Intake(Generic[T]):
    """One writer waits in `put` while the buffer is full; one reader waits in `take` while it is empty."""

    def __init__(self, size: Callable[[T], int]) -> None:
        self._size = size
        self._items: list[T] = []
        self._bytes = 0
        self._changed = asyncio.Condition()

    async def put(self, item: T) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: not self._full())
            self._items.append(item)
            self._bytes += self._size(item)
            self._changed.notify_all()

    async def take(self) -> list[T]:
        """Everything gathered so far, at least one item."""
        async with self._changed:
            await self._changed.wait_for(lambda: bool(self._items))
            taken, self._items, self._bytes = self._items, [], 0
            self._changed.notify_all()
            return taken

    def _full(self) -> bool:
        return self._bytes >= MOST_BYTES or len(self._items) >= MOST_RECORDS

"""Answers that were given under an Idempotency-Key: who asks again gets the same one, and nothing is sent twice.

To send records twice does not count twice, but an old state of a dossier that comes again would be the newest word.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

MOST = 20_000
KEPT = 24 * 3600.0
"""Seconds."""

T = TypeVar("T")
Key = tuple[str, str]
"""Sender and what they call the request."""


class OtherBody(Exception):
    """The key was used for something else."""


class Repeats(Generic[T]):
    """Used by one event loop. Forgets the oldest, and everything when the process ends."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._given: OrderedDict[Key, tuple[str, float, asyncio.Task[T]]] = OrderedDict()

    async def once(self, key: Key, body: str, answer: Callable[[], Awaitable[T]]) -> T:
        """`body` tells one request from another. What failed was not answered, and is done anew."""
        self._forget()
        if key in self._given:
            earlier, _, task = self._given[key]
            if earlier != body:
                raise OtherBody
            return await asyncio.shield(task)
        task = asyncio.ensure_future(answer())  # goes on where whoever asked hangs up: they will ask again
        self._given[key] = body, self._clock(), task
        task.add_done_callback(lambda done: self._keep(key, done))
        return await asyncio.shield(task)

    def _keep(self, key: Key, done: "asyncio.Task[T]") -> None:
        failed = done.cancelled() or done.exception() is not None
        if failed and key in self._given and self._given[key][2] is done:
            del self._given[key]

    def _forget(self) -> None:
        while self._given:
            _, at, task = next(iter(self._given.values()))
            old = self._clock() - at > KEPT or len(self._given) >= MOST
            if not (old and task.done()):
                return
            self._given.popitem(last=False)

"""Answers that were given under an Idempotency-Key: who asks again gets the same one, and nothing is sent twice.

To send records twice does not count twice, but an old state of a dossier that comes again would be the newest word.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from typing import Any

MOST, MOST_BYTES = 20_000, 32 << 20
"""Answers, and what all of them may take."""
KEPT = 24 * 3600.0
"""Seconds."""

Answer = tuple[int, bytes]
"""Status and body."""
Key = tuple[str, str]
"""Sender and what they call the request."""


class OtherBody(Exception):
    """The key was used for something else."""


class Repeats:
    """Used by one event loop. Forgets the oldest, and everything when the process ends."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._bytes = 0
        self._given: OrderedDict[Key, tuple[str, float, asyncio.Task[Answer]]] = OrderedDict()

    async def once(self, key: Key, body: str, answer: Callable[[], Coroutine[Any, Any, Answer]]) -> Answer:
        """`body` tells one request from another. What failed was not answered, and is done anew."""
        self._forget()
        if key in self._given:
            earlier, _, task = self._given[key]
            if earlier != body:
                raise OtherBody
            return await asyncio.shield(task)
        task = asyncio.create_task(answer())  # goes on where whoever asked hangs up: they will ask again
        self._given[key] = body, self._clock(), task
        task.add_done_callback(lambda done: self._keep(key, done))
        return await asyncio.shield(task)

    def _keep(self, key: Key, done: "asyncio.Task[Answer]") -> None:
        if done.cancelled() or done.exception() is not None:
            del self._given[key]
        else:
            self._bytes += len(done.result()[1])

    def _forget(self) -> None:
        while self._given:
            key, (_, at, task) = next(iter(self._given.items()))
            full = len(self._given) >= MOST or self._bytes > MOST_BYTES
            if not (task.done() and (full or self._clock() - at > KEPT)):
                return
            self._bytes -= len(task.result()[1])
            del self._given[key]

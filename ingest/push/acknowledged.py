"""Many requests, one log: what came together is sent together, and each hears when all of its events are there.

One thread owns the sink. While Kafka acknowledges one round the next one gathers, so that the busier it is the fuller
are the records; only so much may wait.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from ingest.border import Outgoing
from ingest.sink import Sink
from metrics.errors import Unavailable

MOST_WAITING = 64 << 20
"""Bytes of events that were taken and not acknowledged; beyond them who comes is asked to come back."""
PAUSE = 1.0
"""Seconds between two tries to reach Kafka."""

Opened = Callable[[], AbstractContextManager[Sink]]


class Busy(Exception):
    """More is waiting than can be held."""


@dataclass(slots=True)
class _Waiting:
    events: Sequence[Outgoing]
    heard: "Future[None]" = field(default_factory=Future)

    @property
    def size(self) -> int:
        return sum(len(event) for _, _, event in self.events)


class Acknowledger(threading.Thread):
    """`broken` is called where it cannot go on: whoever runs us starts us again. `tell` hears who is away."""

    def __init__(self, opened: Opened, broken: Callable[[], None], tell: Callable[[str], None]) -> None:
        super().__init__(name="acknowledger", daemon=True)
        self._opened, self._broken, self._tell = opened, broken, tell
        self._condition = threading.Condition()
        self._queue: list[_Waiting] = []
        self._held = 0
        self._stopping = threading.Event()
        self._away: str | None = "Kafka has not been reached yet; try again in a moment"

    @property
    def ready(self) -> bool:
        return self._away is None

    def send(self, events: Sequence[Outgoing]) -> "Future[None]":
        """Done once Kafka has all of them. Raises Busy, or Unavailable where it is known to be away."""
        waiting = _Waiting(events)
        with self._condition:
            if self._away is not None:
                raise Unavailable(self._away)
            if self._held and self._held + waiting.size > MOST_WAITING:
                raise Busy
            self._held += waiting.size
            self._queue.append(waiting)
            self._condition.notify()
        return waiting.heard

    def stop(self) -> None:
        """What waits is acknowledged first."""
        self._stopping.set()
        with self._condition:
            self._condition.notify()
        self.join()

    def run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._connected()
        finally:
            self._gone("stopping; send it again in a moment")
            self._broken()

    def _connected(self) -> None:
        try:
            with self._opened() as sink:
                with self._condition:
                    self._away = None
                while some := self._next():
                    self._round(sink, some)
        except Unavailable as error:
            self._tell(f"{error}; trying again until it works")
            self._gone(str(error))
            self._stopping.wait(PAUSE)

    def _round(self, sink: Sink, some: list[_Waiting]) -> None:
        try:
            for waiting in some:
                for topic, key, event in waiting.events:
                    sink.send(topic, key, event)
            sink.settle()
        except BaseException as error:
            for waiting in some:
                waiting.heard.set_exception(error)
            raise
        finally:
            with self._condition:
                self._held -= sum(waiting.size for waiting in some)
        for waiting in some:
            waiting.heard.set_result(None)

    def _next(self) -> list[_Waiting]:
        """All that waits; nothing where it is time to stop and nothing waits."""
        with self._condition:
            self._condition.wait_for(lambda: self._queue or self._stopping.is_set())
            some, self._queue = self._queue, []
            return some

    def _gone(self, why: str) -> None:
        with self._condition:
            self._away = why
            some, self._queue = self._queue, []
            self._held -= sum(waiting.size for waiting in some)
        for waiting in some:
            waiting.heard.set_exception(Unavailable(why))

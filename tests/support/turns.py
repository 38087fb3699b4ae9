"""Workers that take turns: each call of the store is one step, and a schedule says whose step is next.

Between any two steps of one worker the other may do any number of its own, so a worker that was given up for dead can
finish a write much later; and at any step a worker may die, or find the store away, before or after the effect.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any, TypeVar, cast

import polars as pl

from metrics.errors import Unavailable
from metrics.events import Topic
from streams.decode import Record
from streams.keep import keep, read
from streams.state import State

LOGS = {"step", "dead_letter"}  # written beside the facts, in a thread of their own

T = TypeVar("T")


class Died(Exception):
    """kill -9, as far as a thread can have it: nothing of the worker happens after this."""


@dataclass(frozen=True)
class Accident:
    """What happens at a step, and whether its effect has taken place by then."""

    dies: bool
    after: bool

    def happen(self) -> None:
        raise Died if self.dies else Unavailable("an accident")


@dataclass
class Log:
    """The records of one topic, and up to where each partition is acknowledged."""

    topic: Topic
    records: Sequence[Record]
    acknowledged: dict[int, int] = field(default_factory=dict)

    def unread(self, partitions: frozenset[int]) -> Iterator[Record]:
        """What a worker that is given these partitions now would read."""
        start = dict(self.acknowledged)
        for record in self.records:
            if record.partition in partitions and record.offset >= start.get(record.partition, 0):
                yield record

    def acknowledge(self, batch: Sequence[Record]) -> None:
        for record in batch:
            self.acknowledged[record.partition] = max(record.offset + 1, self.acknowledged.get(record.partition, 0))


class Turn:
    """A worker's permission to take one step."""

    def __init__(self) -> None:
        self._go, self._idle, self.over = threading.Semaphore(0), threading.Semaphore(0), False

    def wait(self) -> None:
        self._idle.release()
        self._go.acquire()

    def end(self) -> None:
        self.over = True
        self._idle.release()

    def begun(self) -> None:
        self._idle.acquire()

    def give(self) -> None:
        """One step, to its end."""
        if not self.over:
            self._go.release()
            self._idle.acquire()


class Steps:
    """Stands before a state: every call waits for its turn, and some meet an accident."""

    def __init__(self, state: Any, turn: Turn, accidents: Mapping[int, Accident]) -> None:
        self._state, self._turn, self._accidents, self._taken = state, turn, accidents, 0

    def __getattr__(self, name: str) -> Callable[..., Any]:
        call = getattr(self._state, name)
        return lambda *given: self._step(lambda: call(*given))

    def insert(self, table: str, frame: pl.DataFrame, key: Sequence[str]) -> None:
        if table in LOGS:
            self._state.insert(table, frame, key)
        else:
            self._step(lambda: self._state.insert(table, frame, key))

    def _step(self, call: Callable[[], T]) -> T:
        self._turn.wait()
        accident = self._accidents.get(self._taken)
        self._taken += 1
        if accident is not None and not accident.after:
            accident.happen()
        answer = call()
        if accident is not None:
            accident.happen()
        return answer


@dataclass(frozen=True)
class Life:
    """How a worker cuts its batches, which partitions it is given each time it starts, and what it meets."""

    sizes: Sequence[int]
    given: Sequence[frozenset[int]]
    accidents: Mapping[int, Accident]


class Worker(threading.Thread):
    """As streams.app does it: the same batch again while the store is away, from the acknowledged on after a death."""

    def __init__(self, state: Any, log: Log, life: Life) -> None:
        super().__init__(daemon=True)  # a test that is given up must not wait for it
        self.turn = Turn()
        self.failure: Exception | None = None
        self._log, self._life = log, life
        self._state = cast("State", Steps(state, self.turn, life.accidents))
        self._sizes = cycle(life.sizes)

    def run(self) -> None:
        try:
            for partitions in self._life.given:
                self._lives(partitions)
        except Exception as failure:  # noqa: BLE001  (raised again by `interleaved`)
            self.failure = failure
        finally:
            self.turn.end()

    def _lives(self, partitions: frozenset[int]) -> None:
        unread = list(self._log.unread(partitions))
        try:
            while unread:
                size = next(self._sizes)
                batch, unread = unread[:size], unread[size:]
                self._keep(batch)
                self._log.acknowledge(batch)
        except Died:
            return

    def _keep(self, batch: Sequence[Record]) -> None:
        while True:
            try:
                return keep(self._state, read(self._log.topic, batch))
            except Unavailable:
                continue


def interleaved(state: Any, log: Log, lives: Sequence[Life], schedule: Sequence[int]) -> None:
    """The workers' steps in the order of the schedule, then one after the other to their ends."""
    workers = [Worker(state, log, life) for life in lives]
    for worker in workers:
        worker.start()
        worker.turn.begun()
    for number in schedule:
        workers[number].turn.give()
    for worker in workers:
        while not worker.turn.over:
            worker.turn.give()
        worker.join()
        if worker.failure is not None:
            raise worker.failure

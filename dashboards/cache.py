"""Answers kept for a moment, so that many viewers cost one question; each says as of when it was read.

An answer that is asked for when most of its time is over is read again beside the requests, so that what many look at
is there when it is wanted. No answer is ever given beyond its time.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from threading import Lock, Thread, local
from typing import Any, Generic, TypeVar

T = TypeVar("T")

MOST = 4096
SWEPT = 16
"""How many of the longest unasked are looked at whenever one is added, so that old answers do not fill the memory."""
AHEAD = 0.8
"""The share of its time after which an answer that is asked for is read again."""
MOST_AHEAD = 2

Clock = Callable[[], datetime]
Spawn = Callable[[Callable[[], None]], None]


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """A value, and the moment its reading began: whatever was stored by then is in it."""

    value: T
    as_of: datetime


@dataclass(frozen=True, slots=True)
class _Kept:
    """An answer, or the promise of one, and for how many seconds it serves."""

    answer: Future[Read[Any]]
    seconds: float

    def old(self, now: datetime, seconds: float) -> bool:
        return self.answer.done() and now - self.answer.result().as_of >= timedelta(seconds=seconds)


def beside(work: Callable[[], None]) -> None:
    """In a thread that nobody waits for, not even at the end."""
    Thread(target=work, name="ahead", daemon=True).start()


class Cache:
    """One reading of a key at a time: whoever asks meanwhile waits for it. A failure reaches them, and is not kept."""

    def __init__(self, clock: Clock, most: int = MOST, spawn: Spawn = beside) -> None:
        self.clock = clock
        self._most = most
        self.spawn = spawn
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._ahead: set[Hashable] = set()
        self._parts = local()

    def get(self, key: Hashable, read: Callable[[], T], seconds: float) -> Read[T]:
        """What was read under this key less than so many seconds ago, else a new reading."""
        (found,) = self.get_all([key], lambda _: [read()], seconds)
        if seconds > 0 and self._is_turn(key, seconds):
            self.spawn(lambda: self._read_ahead(key, read, seconds))
        return found

    def part(self, key: Hashable, read: Callable[[], T], seconds: float) -> Read[T]:
        """As `get`, for what others are made of as of now: an answer is as old as the oldest of its parts."""
        found = self.get(key, read, seconds)
        whole: datetime | None = getattr(self._parts, "oldest", None)
        self._parts.oldest = min(whole, found.as_of) if whole else None
        return found

    def _aged(self, read: Callable[[], T]) -> Read[T]:
        """Read now, and as of now or of its oldest part."""
        outer, self._parts.oldest = getattr(self._parts, "oldest", None), self.clock()
        try:
            value = read()
            return Read(value, self._parts.oldest)
        finally:
            self._parts.oldest = outer

    def get_all(
        self, keys: Sequence[Hashable], read: Callable[[Sequence[Hashable]], Sequence[T]], seconds: float
    ) -> list[Read[T]]:
        """Of several keys; those that have to be read are read together, in their order."""
        kept: list[_Kept] = []
        ours: dict[Hashable, Future[Read[Any]]] = {}
        with self._lock:
            for key in keys:
                found = self._kept.get(key)
                if found is None or found.old(self.clock(), seconds):
                    found = self._kept[key] = _Kept(Future(), seconds)
                    ours[key] = found.answer
                    self._sweep()
                self._kept.move_to_end(key)
                kept.append(found)
        if ours:
            self._fill(ours, read)
        return [each.answer.result() for each in kept]

    def _sweep(self) -> None:
        now = self.clock()
        for key in list(islice(self._kept, SWEPT)):
            if len(self._kept) > self._most or self._kept[key].old(now, self._kept[key].seconds):
                del self._kept[key]

    def _fill(
        self, ours: dict[Hashable, Future[Read[Any]]], read: Callable[[Sequence[Hashable]], Sequence[Any]]
    ) -> None:
        try:
            found = self._aged(lambda: read(list(ours)))
            for answer, value in zip(ours.values(), found.value, strict=True):
                answer.set_result(Read(value, found.as_of))
        except BaseException as failure:  # noqa: BLE001  (raised again by result, in every waiting thread)
            for key, answer in ours.items():
                if not answer.done():
                    self._forget(key, answer)
                    answer.set_exception(failure)

    def _forget(self, key: Hashable, answer: Future[Read[Any]]) -> None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and kept.answer is answer:
                del self._kept[key]

    def _is_turn(self, key: Hashable, seconds: float) -> bool:
        """Whether it is to be read ahead now, by us."""
        with self._lock:
            kept = self._kept.get(key)
            due = kept is not None and kept.old(self.clock(), seconds * AHEAD)
            if not due or key in self._ahead or len(self._ahead) >= MOST_AHEAD:
                return False
            self._ahead.add(key)
            return True

    def _read_ahead(self, key: Hashable, read: Callable[[], Any], seconds: float) -> None:
        """What fails here is asked again, and told, when the answer's time is over."""
        answer: Future[Read[Any]] = Future()
        try:
            answer.set_result(found := self._aged(read))
            with self._lock:
                kept = self._kept.get(key)
                if kept is None or (kept.answer.done() and kept.answer.result().as_of < found.as_of):
                    self._kept[key] = _Kept(answer, seconds)
        except Exception:  # noqa: BLE001
            return
        finally:
            with self._lock:
                self._ahead.discard(key)

"""Answers kept for a moment, so that many viewers cost one question; each says as of when it was read."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from threading import Lock
from typing import Any, Generic, TypeVar

T = TypeVar("T")

MOST = 4096
SWEPT = 16
"""How many of the longest unasked are looked at whenever one is added, so that old answers do not fill the memory."""

Clock = Callable[[], datetime]


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


class Cache:
    """One reading of a key at a time: whoever asks meanwhile waits for it. A failure reaches them, and is not kept."""

    def __init__(self, clock: Clock, most: int = MOST) -> None:
        self._clock = clock
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()

    def get(self, key: Hashable, read: Callable[[], T], seconds: float) -> Read[T]:
        """What was read under this key less than so many seconds ago, else a new reading."""
        with self._lock:
            kept = self._kept.get(key)
            ours = kept is None or kept.old(self._clock(), seconds)
            if kept is None or ours:
                kept = self._kept[key] = _Kept(Future(), seconds)
                self._sweep()
            self._kept.move_to_end(key)
        if ours:
            self._fill(key, kept.answer, read)
        return kept.answer.result()

    def _sweep(self) -> None:
        now = self._clock()
        for key in list(islice(self._kept, SWEPT)):
            if len(self._kept) > self._most or self._kept[key].old(now, self._kept[key].seconds):
                del self._kept[key]

    def _fill(self, key: Hashable, answer: Future[Read[Any]], read: Callable[[], Any]) -> None:
        as_of = self._clock()
        try:
            found = Read(read(), as_of)
        except BaseException as failure:  # noqa: BLE001  (raised again by result, in every waiting thread)
            self._forget(key, answer)
            answer.set_exception(failure)
        else:
            answer.set_result(found)

    def _forget(self, key: Hashable, answer: Future[Read[Any]]) -> None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and kept.answer is answer:
                del self._kept[key]

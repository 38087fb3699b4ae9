"""Answers kept for a moment, so that many viewers cost one question; each says as of when it was read."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Generic, TypeVar

T = TypeVar("T")

MOST = 4096

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """A value, and the moment its reading began: whatever was stored by then is in it."""

    value: T
    as_of: datetime


class Cache:
    """One reading of a key at a time: whoever asks meanwhile waits for it. A failure reaches them, and is not kept."""

    def __init__(self, clock: Clock, most: int = MOST) -> None:
        self._clock = clock
        self._most = most
        self._lock = Lock()
        self._answers: OrderedDict[Hashable, Future[Read[Any]]] = OrderedDict()

    def get(self, key: Hashable, read: Callable[[], T], seconds: float) -> Read[T]:
        """What was read under this key less than so many seconds ago, else a new reading."""
        with self._lock:
            answer = self._answers.get(key)
            ours = answer is None or self._old(answer, seconds)
            if answer is None or ours:
                answer = self._answers[key] = Future()
            self._answers.move_to_end(key)
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        if ours:
            self._fill(key, answer, read)
        return answer.result()

    def _old(self, answer: Future[Read[Any]], seconds: float) -> bool:
        return answer.done() and self._clock() - answer.result().as_of >= timedelta(seconds=seconds)

    def _fill(self, key: Hashable, answer: Future[Read[Any]], read: Callable[[], Any]) -> None:
        as_of = self._clock()
        try:
            answer.set_result(Read(read(), as_of))
        except BaseException as failure:  # noqa: BLE001  (raised again by result, in every waiting thread)
            with self._lock:
                if self._answers.get(key) is answer:
                    del self._answers[key]
            answer.set_exception(failure)

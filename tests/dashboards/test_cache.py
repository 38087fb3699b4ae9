import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from dashboards.cache import Cache
from metrics.errors import Unavailable

START = datetime(2026, 1, 1, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def tick(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def test_an_answer_is_read_again_only_when_it_is_old_and_says_as_of_when() -> None:
    clock, numbers = Clock(), count()
    cache = Cache(clock)
    first = cache.get("key", lambda: next(numbers), 5)
    clock.tick(4.9)
    assert cache.get("key", lambda: next(numbers), 5) == first
    clock.tick(0.1)
    again = cache.get("key", lambda: next(numbers), 5)
    assert (first.value, first.as_of) == (0, START)
    assert (again.value, again.as_of) == (1, START + timedelta(seconds=5))
    assert cache.get("key", lambda: next(numbers), 1).value == 1


def test_many_who_ask_at_once_cost_one_reading() -> None:
    cache, gate, numbers = Cache(Clock()), threading.Event(), count()

    def slow() -> int:
        gate.wait(10)
        return next(numbers)

    with ThreadPoolExecutor(20) as pool:
        asked = [pool.submit(cache.get, "key", slow, 5) for _ in range(20)]
        gate.set()
        assert {one.result().value for one in asked} == {0}


def test_a_failure_reaches_everyone_who_waits_and_nobody_after() -> None:
    cache, gate = Cache(Clock()), threading.Event()

    def away() -> int:
        gate.wait(10)
        raise Unavailable

    with ThreadPoolExecutor(5) as pool:
        asked = [pool.submit(cache.get, "key", away, 5) for _ in range(5)]
        gate.set()
        for one in asked:
            with pytest.raises(Unavailable):
                one.result()
    assert cache.get("key", lambda: 7, 5).value == 7


def test_what_was_asked_least_recently_is_forgotten_first() -> None:
    cache, numbers = Cache(Clock(), most=2), count()
    for key in ("a", "b", "a", "c"):
        cache.get(key, lambda: next(numbers), 5)
    assert cache.get("a", lambda: next(numbers), 5).value == 0
    assert cache.get("b", lambda: next(numbers), 5).value == 3


def test_answers_that_nobody_asks_for_do_not_stay() -> None:
    clock = Clock()
    cache = Cache(clock)
    for key in range(1000):
        cache.get(key, object, 2)
        clock.tick(1)
    assert len(cache._kept) < 20


def test_different_keys_are_read_side_by_side() -> None:
    cache, both = Cache(Clock()), threading.Barrier(2, timeout=10)
    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(cache.get, key, both.wait, 5) for key in "ab"]:
            one.result()

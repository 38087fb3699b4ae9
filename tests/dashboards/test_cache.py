import threading
from collections.abc import Callable, Hashable, Sequence
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
    cache = Cache(clock, spawn=lambda _: None)
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


def test_what_is_asked_for_late_in_its_time_is_read_ahead_once() -> None:
    clock, numbers, later = Clock(), count(), list[Callable[[], None]]()
    cache = Cache(clock, spawn=later.append)
    for seconds in (0, 3.9):
        clock.tick(seconds)
        assert cache.get("key", lambda: next(numbers), 5).value == 0
    assert not later
    clock.tick(0.1)
    for _ in range(3):
        assert cache.get("key", lambda: next(numbers), 5).value == 0
    assert len(later) == 1
    later.pop()()
    again = cache.get("key", lambda: next(numbers), 5)
    assert (again.value, again.as_of, later) == (1, START + timedelta(seconds=4), [])


def test_a_failure_ahead_is_told_only_when_the_time_is_over() -> None:
    clock, later = Clock(), list[Callable[[], None]]()
    cache = Cache(clock, spawn=later.append)
    assert cache.get("key", lambda: 1, 5).value == 1
    clock.tick(4)

    def away() -> int:
        raise Unavailable

    assert cache.get("key", away, 5).value == 1
    later.pop()()
    assert cache.get("key", away, 5).value == 1
    clock.tick(1)
    with pytest.raises(Unavailable):
        cache.get("key", away, 5)


def test_a_reading_ahead_that_comes_too_late_replaces_nothing_newer() -> None:
    clock, numbers, later = Clock(), count(), list[Callable[[], None]]()
    cache = Cache(clock, spawn=later.append)
    cache.get("key", lambda: next(numbers), 5)
    clock.tick(4)
    slow = threading.Event()

    def slowly() -> int:
        slow.wait(10)
        return -1

    cache.get("key", slowly, 5)
    thread = threading.Thread(target=later.pop())
    thread.start()
    while not thread.is_alive():
        pass
    clock.tick(2)
    newer = cache.get("key", lambda: next(numbers), 5)
    slow.set()
    thread.join(10)
    assert cache.get("key", lambda: next(numbers), 5) == newer


def test_several_keys_are_read_together_as_far_as_they_are_not_there() -> None:
    cache, asked = Cache(Clock()), list[list[object]]()

    def read(keys: Sequence[Hashable]) -> list[str]:
        asked.append(list(keys))
        return [f"{key}!" for key in keys]

    assert cache.get("b", lambda: "b", 5).value == "b"
    assert [one.value for one in cache.get_all(["a", "b", "c"], read, 5)] == ["a!", "b", "c!"]
    assert [one.value for one in cache.get_all(["c", "d"], read, 5)] == ["c!", "d!"]
    assert asked == [["a", "c"], ["d"]]


def test_several_keys_that_cannot_be_read_are_not_kept() -> None:
    cache = Cache(Clock())

    def away(_: Sequence[Hashable]) -> list[str]:
        raise Unavailable

    with pytest.raises(Unavailable):
        cache.get_all(["a", "b"], away, 5)
    assert cache.get("a", lambda: 1, 5).value == 1


def test_an_answer_is_as_old_as_the_oldest_part_of_it_and_serves_no_longer() -> None:
    clock = Clock()
    cache = Cache(clock, spawn=lambda _: None)

    def whole() -> datetime:
        return cache.part("part", clock, 2).value

    cache.part("part", clock, 2)
    clock.tick(1.5)
    assert cache.get("other", clock, 2).as_of == START + timedelta(seconds=1.5)
    assert cache.get("whole", whole, 2).as_of == START
    clock.tick(0.5)
    assert cache.get("whole", whole, 2).as_of == cache.get("outer", lambda: cache.get("whole", whole, 2), 2).as_of
    assert cache.get("whole", whole, 2).value == START + timedelta(seconds=2)

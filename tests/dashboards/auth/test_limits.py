"""Brakes: they hold, they let go, and they do not grow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.auth.throttle import LONGEST_DELAY, Buckets, GrowingDelay
from tests.dashboards.auth.support import Board, Clock, board

NAMES = st.sampled_from(["a", "b", "c", "d", "e", "f"])


def test_lookups_from_one_address_are_limited_and_others_are_not(guarded: Board) -> None:
    answers = [guarded.browser.get("/tra-cuu/test").status_code for _ in range(12)]
    assert answers == [200] * 10 + [429] * 2
    wait = int(guarded.browser.get("/tra-cuu/").headers["retry-after"])
    assert 0 < wait <= 3
    assert guarded.another("192.0.2.8").get("/tra-cuu/test").status_code == 200
    guarded.clock.now += wait
    assert guarded.browser.get("/tra-cuu/test").status_code == 200


def test_logins_from_one_address_are_limited_before_anything_is_looked_at(clickhouse: str) -> None:
    with board(clickhouse, logins_per_minute=9) as made:
        answers = [made.browser.post("/login").status_code for _ in range(5)]
        assert answers == [403] * 3 + [429] * 2
        assert made.browser.get("/login").status_code == 200


def test_addresses_of_one_ipv6_customer_count_as_one(guarded: Board) -> None:
    answers = [guarded.another(f"2001:db8::{number}").get("/tra-cuu/test").status_code for number in range(1, 13)]
    assert answers.count(429) == 2


def test_a_forwarded_address_is_believed_from_our_own_proxy_alone(clickhouse: str) -> None:
    claimed = [{"x-forwarded-for": f"198.51.100.{number}, 192.0.2.77"} for number in range(12)]
    with board(clickhouse) as direct:
        assert [direct.browser.get("/tra-cuu/test", headers=one).status_code for one in claimed].count(429) == 2
    with board(clickhouse, proxies=("192.0.2.6/32",)) as behind:
        assert [behind.browser.get("/tra-cuu/test", headers=one).status_code for one in claimed].count(429) == 2
        assert behind.browser.get("/tra-cuu/test", headers={"x-forwarded-for": "203.0.113.9"}).status_code == 200
        assert behind.browser.get("/tra-cuu/test", headers={"x-forwarded-for": "x\r\ny"}).status_code in {200, 429}


@given(st.lists(st.tuples(NAMES, st.floats(0, 100))))
def test_the_memory_of_brakes_is_bounded(tries: list[tuple[str, float]]) -> None:
    clock = Clock()
    delay, buckets = GrowingDelay(clock, most=3), Buckets(10, clock, most=3)
    for name, later in tries:
        clock.now += later
        delay.begin((name, "address"))
        buckets.take(name)
        assert len(delay) <= 3
        assert len(buckets) <= 3


@given(st.lists(st.floats(0, 200), max_size=60))
def test_whoever_waits_as_told_is_let_through_and_never_waits_longer_than_a_minute(pauses: list[float]) -> None:
    clock = Clock()
    delay = GrowingDelay(clock)
    for pause in pauses:
        clock.now += pause
        assert delay.begin(("a",)) <= LONGEST_DELAY
    wait = delay.begin(("a",))
    clock.now += wait + 1e-3
    assert not wait or delay.begin(("a",)) == 0


@given(st.integers(1, 600), st.lists(st.floats(0, 30), max_size=80))
def test_no_more_pass_than_a_minute_allows(per_minute: int, pauses: list[float]) -> None:
    clock = Clock()
    buckets, began, passed = Buckets(per_minute, clock), clock.now, 0
    for pause in pauses:
        clock.now += pause
        passed += buckets.take("a") == 0
    assert passed <= per_minute / 60 * (clock.now - began) + max(per_minute / 3, 1) + 1e-6


def test_many_tries_at_once_are_all_counted() -> None:
    delay = GrowingDelay(Clock())
    assert [delay.begin(("a",)) for _ in range(6)] == [0, 0, 0, 0, 1, 1]


@pytest.mark.parametrize("shared", ["address"])
def test_a_login_of_ones_own_does_not_wipe_out_what_an_address_has_tried(shared: str) -> None:
    clock = Clock()
    delay = GrowingDelay(clock)
    for number in range(4):
        delay.begin((f"account {number}", shared))
    clock.now += 2
    delay.begin(("mine", shared))
    delay.succeeded(("mine",), (shared,))
    assert delay.begin(("account 9", shared)) > 0

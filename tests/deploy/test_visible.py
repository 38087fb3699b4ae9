import pytest

from deploy.visible import wait_until_visible
from metrics.errors import Unavailable


class Clock:
    """Time passes only while somebody sleeps."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


def wait(answers, patience=10.0):
    clock = Clock()
    given = iter(answers)

    def behind():
        answer = next(given)
        if isinstance(answer, Exception):
            raise answer
        return answer

    wait_until_visible(behind, clock=clock, sleep=clock.sleep, patience=patience)
    return clock.now


def test_nothing_behind_is_not_waited_for():
    assert wait([0]) == 0


def test_it_waits_as_long_as_something_moves():
    slowly = [n // 100 for n in range(2000, -1, -1)]
    assert wait(slowly) > 10


def test_standing_still_fails_and_says_how_much_is_missing():
    with pytest.raises(Unavailable, match=r"nothing has moved for 10 s.*7 records"):
        wait([7] * 1000)


def test_a_store_that_is_away_for_a_while_is_waited_for():
    assert wait([3, *[Unavailable("away")] * 50, 0]) > 2


def test_a_store_that_stays_away_fails():
    with pytest.raises(Unavailable, match="store does not answer"):
        wait([Unavailable("away")] * 1000)

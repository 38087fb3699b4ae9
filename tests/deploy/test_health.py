"""A worker is judged by progress, a board by whether it answers."""

import socket
import threading
from itertools import count

import pytest
from fastapi import FastAPI

from deploy.health import PATIENCE, Distance, Pulse, answers, watch, watch_answers
from metrics.errors import Unavailable
from tests.support.board import served
from tests.support.store import free_port


def test_behind_and_not_moving_for_a_while_is_stuck():
    pulse = Pulse(Distance(10, 5), 0.0)
    for now in (20.0, 40.0, 70.0):
        pulse = pulse.next(Distance(10, 7), now)
    assert pulse.stuck(PATIENCE + 1)
    assert not pulse.stuck(PATIENCE)


@pytest.mark.parametrize("distance", [Distance(11, 500), Distance(10, 0)])
def test_moving_or_having_nothing_to_do_is_well(distance):
    assert not Pulse(Distance(10, 5), 0.0).next(distance, 100.0).stuck(PATIENCE + 50)


def watched(looks, seconds_a_look):
    """How often the watch acts over these looks, at that pace."""
    stop, acts, clock = threading.Event(), [], count(0.0, seconds_a_look)
    remaining = iter(looks)

    def look():
        try:
            found = next(remaining)
        except StopIteration:
            stop.set()
            return Distance(0, 0)
        if found is None:
            raise Unavailable("away")
        return found

    watch(look, lambda: acts.append(1), stop, every=0, clock=clock.__next__)
    return len(acts)


def test_a_stuck_worker_is_ended_once_a_minute():
    assert watched([Distance(10, 5)] * 10, 20) == 2


def test_nothing_is_held_against_the_worker_while_a_neighbour_is_away():
    assert watched([Distance(10, 5), Distance(10, 5), None] * 10, 40) == 0


def unanswered(found):
    """How often the watch acts over these answers, a look every 20 seconds."""
    stop, acts, clock = threading.Event(), [], count(0.0, 20.0)
    remaining = iter(found)

    def answering():
        answer = next(remaining, None)
        if answer is None:
            stop.set()
        return bool(answer)

    watch_answers(answering, lambda: acts.append(1), stop, every=0, clock=clock.__next__)
    return len(acts)


def test_a_board_that_stays_silent_is_ended_once_a_minute():
    assert unanswered([False] * 10) == 2


def test_a_board_that_answers_now_and_then_is_left_alone():
    assert unanswered([False, False, True] * 10) == 0


def test_any_answer_is_one_and_silence_is_none():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        assert not answers(f"127.0.0.1:{silent.getsockname()[1]}", within=0.2)
    assert not answers(f"127.0.0.1:{free_port()}")
    with served(FastAPI()) as address:
        assert answers(address.removeprefix("http://"))

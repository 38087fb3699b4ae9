"""Is the worker moving, does the board answer? Judged from outside: what is stuck looks alive, and cannot tell.

Behind the end of the log and nothing written for a minute is a stuck worker. It keeps nothing, so ending it costs
seconds. While the broker or the store is away nobody can move, and nothing is held against the worker. A board that
gives no answer for a minute to what needs no store is stuck, too.
"""

import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from dashboards.pipeline import progress
from dashboards.store import connect
from ingest.cluster import Cluster
from ingest.topics import log_ends
from metrics.errors import Unavailable
from metrics.events import Topic

EVERY, PATIENCE = 10.0, 60.0
ANSWER_WITHIN = 5.0
AT_HAND = "/static/icon.svg"

Clock = Callable[[], float]
"""Seconds that never go back."""


@dataclass(frozen=True, slots=True)
class Distance:
    """How many records are in the store, and how many the log has beyond them."""

    written: int
    behind: int


@dataclass(frozen=True, slots=True)
class Pulse:
    """The last look, and since when it has been like that without moving."""

    distance: Distance
    since: float

    def next(self, distance: Distance, now: float) -> "Pulse":
        moving = distance.written > self.distance.written or distance.behind == 0
        return Pulse(distance, now if moving else self.since)

    def stuck(self, now: float) -> bool:
        return self.distance.behind > 0 and now - self.since > PATIENCE


def measure(kafka: Cluster, partitions: int, clickhouse: str) -> Distance:
    """Raises Unavailable where broker or store do not answer."""
    places = [(topic.value, partition) for topic in Topic for partition in range(partitions)]
    ends = log_ends(kafka, places, ANSWER_WITHIN)
    written = {(row.stream, row.partition): row.next_offset for row in progress(connect(clickhouse, ANSWER_WITHIN))}
    behind = sum(max(end - written.get(place, 0), 0) for place, end in ends.items())
    return Distance(sum(written.values()), behind)


def watch(
    look: Callable[[], Distance],
    act: Callable[[], None],
    stop: threading.Event,
    every: float = EVERY,
    clock: Clock = time.monotonic,
) -> None:
    """Call `act` whenever the worker has been stuck for too long, until `stop` is set."""
    pulse: Pulse | None = None
    while not stop.wait(every):
        now = clock()
        try:
            distance = look()
        except Unavailable:
            pulse = None
            continue
        pulse = pulse.next(distance, now) if pulse else Pulse(distance, now)
        if pulse.stuck(now):
            act()
            pulse = None


def answers(board: str, within: float = ANSWER_WITHIN) -> bool:
    """Whether it answers at all: something that it has at hand, whatever the answer is."""
    host, _, port = board.rpartition(":")
    connection = HTTPConnection(host.strip("[]"), int(port), timeout=within)
    with suppress(OSError, HTTPException), closing(connection):
        connection.request("GET", AT_HAND)
        return bool(connection.getresponse().status)
    return False


def watch_answers(
    answering: Callable[[], bool],
    act: Callable[[], None],
    stop: threading.Event,
    every: float,
    clock: Clock = time.monotonic,
) -> None:
    """Call `act` whenever there has been no answer for too long, until `stop` is set."""
    silent: float | None = None
    while not stop.wait(every):
        if answering():
            silent = None
            continue
        now = clock()
        silent = now if silent is None else silent
        if now - silent > PATIENCE:
            act()
            silent = None

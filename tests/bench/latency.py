"""How long after it happened an event counts in the KPIs, while some hundred come every second."""

import bisect
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from clickhouse_connect.driver.client import Client

from dashboards.figures import Scope, kpi
from dashboards.pipeline import progress
from dashboards.store import connect
from deploy.folder import Role
from deploy.stack import running
from ingest.sink import KafkaSink
from metrics.events import Topic, partition_of
from metrics.period import parse
from tests.bench import history
from tests.bench.counting import Totals
from tests.bench.expected import require
from tests.bench.stack import cells, settings_of, tell
from tests.bench.topics import PARTITIONS

BEAT = 0.02
LOOK = 0.05
BOARD = 1.0
WARM = 3.0  # seconds at the beginning that are not measured: imports and first queries
PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds from the moment an event was due to be sent until everything it moves could be read."""

    rate: int
    seconds: float
    each: tuple[float, ...]

    def percentile(self, percent: int) -> float:
        ordered = sorted(self.each)
        return ordered[min(len(ordered) * percent // 100, len(ordered) - 1)]


@dataclass(slots=True)
class Seen:
    """How far each partition could be read, and when: looked at as often as a board would, from a thread."""

    client: Client
    stop: threading.Event = field(default_factory=threading.Event)
    ends: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    moments: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))

    def watch(self) -> None:
        """Twenty looks a second at how far all is, and every second the KPIs themselves, as a board asks them."""
        asked = 0.0
        while not self.stop.wait(LOOK):
            if time.monotonic() - asked > BOARD:
                asked = time.monotonic()
                kpi(self.client, Scope(parse("2026")))
            found = [p for p in progress(self.client) if p.stream == Topic.DOSSIERS.value]
            now = time.monotonic()
            for each in found:
                if not self.ends[each.partition] or self.ends[each.partition][-1] < each.next_offset:
                    self.ends[each.partition].append(each.next_offset)
                    self.moments[each.partition].append(now)

    def when(self, partition: int, end: int) -> float | None:
        place = bisect.bisect_left(self.ends[partition], end)
        return self.moments[partition][place] if place < len(self.ends[partition]) else None


def latency(folder: Path, rate: int, seconds: int, expected: Totals) -> Latency:
    settings = settings_of(folder)
    events = list(history.events(rate * seconds))
    with running(settings, Role.UP, tell) as where, KafkaSink(where.kafka, settings.partitions) as sink:
        client, seen = connect(where.clickhouse), Seen(connect(where.clickhouse))
        watching = threading.Thread(target=seen.watch)
        watching.start()
        try:
            sent = list(_sent(events, rate, sink))
            _await(seen, sent[-PARTITIONS * 20 :])
        finally:
            seen.stop.set()
            watching.join()
        require("nhip live", cells(client), expected)
    begun = sent[0][0]
    waits = [_wait(seen, due, partition, end) for due, partition, end in sent if due - begun >= WARM]
    return Latency(rate, seconds - WARM, tuple(waits))


Sent = tuple[float, int, int]
"""When an event was due, its partition, and the end of the partition's log behind it."""


def _sent(events: list[tuple[str, bytes]], rate: int, sink: KafkaSink) -> Iterator[Sent]:
    """Every beat sends what is due. A late beat does not move the moments that were due: waiting counts."""
    began, position = time.monotonic() + BEAT, 0
    while position < len(events):
        now = time.monotonic()
        until = max(min(int((now - began) * rate), len(events)), position)
        for dossier, event in events[position:until]:
            sink.send(Topic.DOSSIERS, dossier, event)
        if until > position:
            sink.settle()
        for number in range(position, until):
            partition = partition_of(events[number][0], PARTITIONS)
            yield began + number / rate, partition, sink.ends[Topic.DOSSIERS.value, partition]
        position = until
        time.sleep(max(BEAT - (time.monotonic() - now), 0))


def _await(seen: Seen, sent: list[Sent]) -> None:
    deadline = time.monotonic() + PATIENCE
    while any(seen.when(partition, end) is None for _, partition, end in sent):
        if time.monotonic() > deadline:
            raise RuntimeError("some events cannot be seen; see worker.log")
        time.sleep(LOOK)


def _wait(seen: Seen, due: float, partition: int, end: int) -> float:
    moment = seen.when(partition, end)
    if moment is None:
        raise RuntimeError(f"event {end} of partition {partition} was never seen")
    return moment - due

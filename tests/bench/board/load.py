"""The board under load: a store of so many dossiers, all parts of `nhip up`, people clicking, events flowing in."""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from clickhouse_connect.driver.client import Client

from dashboards.pipeline import behind
from dashboards.store import connect
from deploy import ports
from deploy.folder import DataFolder, Role
from deploy.parts import Addresses
from deploy.settings import Settings
from deploy.stack import running
from deploy.visible import wait_until_visible
from ingest.sink import KafkaSink
from metrics.civil import civil
from tests.bench.board.addresses import Chooser
from tests.bench.board.clicks import Clicks, alone, ask, click
from tests.bench.board.fill import fill, require_agreement
from tests.bench.board.flow import Flow, Known
from tests.bench.board.past import Past
from tests.bench.latency import BEAT
from tests.bench.result import Wrong
from tests.bench.stack import stack, tell
from tests.bench.usage import Usage, spent, usages

WARM = 10.0
"""Seconds of clicks that are not measured: imports, first connections, first parts."""
REST, RESTING, LONGEST_REST = 5.0, 0.1, 900.0
"""Seconds over which the store must use less than this share of a core before people come; and the longest to wait."""
CODES = 5_000
TIMES_ALONE = 3


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked of the board: dossiers in the store, people, events a second, for how long."""

    dossiers: int
    people: int
    rate: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Loaded:
    """What it came to. `sent` events had come in meanwhile; `disk_mb` is the store's size.

    `hurried` are clicks while events went out one by one or a few at a time, instead of a quarter of a second's.
    """

    load: Load
    clicks: Clicks
    hurried: Clicks
    sent: int
    seconds: float
    disk_mb: float
    costs: Mapping[str, Usage]
    alone: Mapping[str, Sequence[float]]


@dataclass(frozen=True, slots=True)
class Province:
    """A stack that runs over a full store, with events flowing in."""

    where: Addresses
    pids: Mapping[str, int]
    past: Past
    known: Known
    flow: Flow
    client: Client


@contextmanager
def province(folder: Path, dossiers: int, rate: int) -> Iterator[Province]:
    """Filled before anything looks at it; afterwards facts and cells must still agree, with all that came in."""
    board = f"127.0.0.1:{ports.free(1)[0]}"
    settings = Settings.read(data=folder, kafka=None, clickhouse=None, board=board)
    past = filled(folder, dossiers)
    with running(settings, Role.UP, tell) as where, KafkaSink(where.kafka, settings.partitions) as sink:
        client = connect(where.clickhouse)
        state = DataFolder(folder).state()
        if state is None:
            raise RuntimeError("the stack does not say what runs")
        flow = Flow(sink, rate, known(client))
        wait_until_visible(lambda: int(not opens(where.board)), clock=time.monotonic, sleep=time.sleep)
        rested(state.pids["store"])
        with flowing(flow):
            yield Province(where, state.pids, past, flow.known, flow, client)
        wait_until_visible(lambda: behind(client, dict(sink.ends)), clock=time.monotonic, sleep=time.sleep)
        require_agreement(client, past)
        client.close()


def filled(folder: Path, dossiers: int) -> Past:
    past = Past(dossiers, civil(datetime.now(UTC)).date())
    with stack(folder) as built, built.running("store"):
        client = connect(built.plan.addresses.clickhouse)
        tell(f"{dossiers:,} dossiers…")
        fill(client, past)
        require_agreement(client, past)
        client.close()
    return past


def rested(store: int) -> None:
    """A reading of drift, made once in ten minutes, and merges of what was filled in begin at once."""
    tell("until the store rests…")
    busy, until = True, time.monotonic() + LONGEST_REST
    while busy and time.monotonic() < until:
        before = usages({"store": store})
        time.sleep(REST)
        busy = spent(before, {"store": store})["store"].cpu > RESTING * REST


def opens(board: str) -> bool:
    """Whether the board lets people in: it has to have read its accounts once."""
    try:
        ask(board, "/calendar")
    except Wrong:
        return False
    return True


@contextmanager
def flowing(flow: Flow) -> Iterator[None]:
    thread = threading.Thread(target=flow.run)
    thread.start()
    try:
        yield
    finally:
        flow.stop()
        thread.join()


def known(client: Client) -> Known:
    def codes(where: str) -> list[str]:
        asked = f"SELECT dossier FROM dossier WHERE {where} ORDER BY cityHash64(dossier) LIMIT {CODES}"
        return [code for (code,) in client.query(asked).result_rows]

    return Known(codes("status = '4'"), codes("status != '4'"))


def clicked(folder: Path, wanted: Load) -> Loaded:
    with province(folder, wanted.dossiers, wanted.rate) as there:

        def chooser(number: int) -> Chooser:
            return Chooser(Random(number), there.past.first, there.past.until, there.known.old)

        click(there.where.board, wanted.people, WARM, chooser)
        before, sent, began = usages(there.pids), there.flow.sent, time.monotonic()
        clicks = click(there.where.board, wanted.people, wanted.seconds, lambda number: chooser(number + 1000))
        took = time.monotonic() - began
        costs, sent = spent(before, there.pids), there.flow.sent - sent
        there.flow.beat = BEAT
        hurried = click(there.where.board, wanted.people, wanted.seconds / 2, lambda number: chooser(number + 2000))
        judged = alone(there.where.board, chooser(0), TIMES_ALONE)
        return Loaded(wanted, clicks, hurried, sent, took, disk_mb(there.client), costs, judged)


def disk_mb(client: Client) -> float:
    return int(client.command("SELECT sum(bytes_on_disk) FROM system.parts WHERE active")) / 2**20

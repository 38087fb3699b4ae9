"""kill -9 of the ingest, the broker and the worker while records are pushed: whatever was promised is there, once."""

import http.client
import random
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from deploy.health import PATIENCE, measure
from ingest.simulate.files import write
from metrics.errors import Unavailable
from tests.faults.province import files
from tests.faults.up import NHIP, Up, state
from tests.support.processes import eventually

pytestmark = pytest.mark.faults

TOGETHER = 15
BOUND = 2 * PATIENCE
"""Seconds. A worker that hangs when its broker dies is ended after the guard's patience, and then has to catch up."""


@pytest.fixture(scope="module")
def token(up: Up) -> str:
    """Known to an ingest that runs already."""
    done = subprocess.run([NHIP, "token", "add", "mot-cua", "--data", up.data], capture_output=True, check=True)
    return done.stdout.decode().strip()


def test_nothing_that_was_acknowledged_is_lost(up: Up, token: str, tmp_path: Path) -> None:
    seed = time.time_ns()
    print(f"\nseed {seed}")  # noqa: T201
    chance = random.Random(seed)
    write(tmp_path, 1500, seed=2016, year=2016)
    done = threading.Event()
    with ThreadPoolExecutor() as beside:
        sending = [beside.submit(send, up, token, name, content) for name, content in files(tmp_path)]
        killing = beside.submit(kill_all, up, chance, done)
        again = sum(one.result() for one in sending)
        done.set()
        killing.result()
    print(f"{again} requests were sent again")  # noqa: T201
    assert again > 0
    assert eventually(lambda: behind(up) == 0, within=BOUND)
    up.province.assert_exact_with(tmp_path, 2016)


def send(up: Up, token: str, name: str, content: bytes) -> int:
    """Each request until it is taken, as a sender has to; how many had to be sent again."""
    kind = name.partition("-")[0].partition(".")[0]
    again = 0
    for lines in chunks(content.splitlines(keepends=True)):
        while not taken(up, token, kind, lines):
            again += 1
            time.sleep(0.2)
    return again


def chunks(lines: list[bytes]) -> Iterator[bytes]:
    return (b"".join(lines[at : at + TOGETHER]) for at in range(0, len(lines), TOGETHER))


def taken(up: Up, token: str, kind: str, lines: bytes) -> bool:
    host, _, port = state(up.data).ingest.rpartition(":")
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/x-ndjson"}
    with closing(http.client.HTTPConnection(host, int(port), timeout=30)) as connection:
        try:
            connection.request("POST", f"/v1/{kind}", lines, headers)
            return connection.getresponse().status == http.client.ACCEPTED
        except (OSError, http.client.HTTPException):
            return False


def kill_all(up: Up, chance: random.Random, done: threading.Event) -> None:
    for part in ("ingest", "worker", "ingest", "broker"):
        if done.wait(chance.uniform(0.2, 1.5)):
            return
        up.kill(part)


def behind(up: Up) -> int:
    found = state(up.data)
    try:
        return measure(found.kafka, 16, found.clickhouse).behind
    except Unavailable:
        return -1

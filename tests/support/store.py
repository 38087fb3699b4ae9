"""A local store of its own for a test: started on a free port, stopped at the end."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

WRITER, READER = "writer:write-secret", "reader:read-secret"
PATIENCE = 30.0


@dataclass(frozen=True)
class RunningStore:
    """Where it listens. The URLs are what `clickhouse` settings look like: http://user:password@host:port/nhip."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def url(self) -> str:
        return f"http://{WRITER}@127.0.0.1:{self.port}/nhip"

    @property
    def reader_url(self) -> str:
        return f"http://{READER}@127.0.0.1:{self.port}/nhip"


@contextmanager
def store(folder: Path) -> Iterator[RunningStore]:
    """A running store over `folder/store`; what it complained of is in `folder/store.log`."""
    running = start(folder)
    try:
        yield running
    finally:
        running.process.terminate()
        running.process.wait(PATIENCE)


def start(folder: Path) -> RunningStore:
    """Start without promising to stop it: for tests that kill it themselves."""
    running = launch(folder)
    deadline = time.monotonic() + PATIENCE
    while not answers(running.port):
        if running.process.poll() is not None or time.monotonic() > deadline:
            running.process.kill()
            message = f"the store did not start: {running.log.read_text()}"
            raise AssertionError(message)
        time.sleep(0.05)
    return running


def launch(folder: Path) -> RunningStore:
    port, log = free_port(), folder / "store.log"
    with log.open("ab") as complaints:
        process = subprocess.Popen(
            [sys.executable, "-m", "deploy.store", "--data", folder / "store", "--port", str(port)],
            stdout=complaints,
            stderr=complaints,
            env={**os.environ, "NHIP_STORE_WRITER": WRITER, "NHIP_STORE_READER": READER},
        )
    return RunningStore(port, process, log)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/ping", timeout=1) as reply:
            return bool(reply.status == 200)
    except (URLError, OSError):
        return False

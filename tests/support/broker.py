"""A real Kafka broker for a test, on free ports and a folder of its own."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy import ports
from deploy.broker.jars import jars
from deploy.broker.server import Broker
from deploy.process import Child, start

CACHE = Path(os.environ.get("NHIP_CACHE", Path.home() / ".cache" / "nhip"))


@contextmanager
def running_broker(folder: Path) -> Iterator[str]:
    """The address (host:port) of a broker that keeps its files in `folder`; stopped at the end."""
    broker = Broker(jars(CACHE, print_progress), folder, *ports.free(2))
    with started(broker) as _:
        yield broker.address


@contextmanager
def started(broker: Broker) -> Iterator[Child]:
    child = start(broker.prepare(), broker.folder)
    try:
        await_broker(broker, child)
        yield child
    finally:
        child.stop(grace=10)


def await_broker(broker: Broker, child: Child) -> None:
    deadline = time.monotonic() + 60
    while not broker.answers():
        if child.status is not None or time.monotonic() > deadline:
            message = f"the broker did not start:\n{child.last_words(20)}"
            raise RuntimeError(message)
        time.sleep(0.05)


def print_progress(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201

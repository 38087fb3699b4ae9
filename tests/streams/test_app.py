"""The worker's loop without a broker: what it waits for, what it dies of, when it acknowledges."""

import subprocess
import sys
from types import SimpleNamespace

import pytest

from streams import app, fetching

STORY = """
import asyncio, sys
from types import SimpleNamespace
from metrics.errors import Unavailable
from metrics.events import Topic
from streams import app
from streams.intake import Intake

app.FIRST_PAUSE = 0.01
attempts = []

def keep(batch):
    attempts.append(batch)
    {keep}

async def main():
    intake = Intake(lambda event: 1)
    loop = asyncio.create_task(app._keep_all(Topic.DEAD, intake, keep))
    loop.add_done_callback(app._die_with)
    message = SimpleNamespace(partition=0, offset=0)
    ack = lambda: print("acknowledged", len(attempts), flush=True)
    event = SimpleNamespace(message=message, value={value!r}, ack=ack)
    await intake.put(event)
    await asyncio.sleep(1)

asyncio.run(main())
"""


def told(keep: str, value: object = b"{}") -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-c", STORY.format(keep=keep, value=value)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_what_is_kept_is_acknowledged() -> None:
    assert told("pass")[:2] == (0, "acknowledged 1\n")


def test_a_store_that_is_away_is_waited_for_and_nothing_acknowledged_meanwhile() -> None:
    status, said, _ = told("if len(attempts) < 4: raise Unavailable('away')")
    assert (status, said) == (0, "acknowledged 4\n")


@pytest.mark.parametrize(("keep", "value"), [("raise RuntimeError('a bug')", b"{}"), ("pass", None)])
def test_an_unexpected_error_in_keeping_or_reading_ends_the_process_unacknowledged(keep: str, value: object) -> None:
    status, said, complaint = told(keep, value)
    assert (status, said) == (1, "")
    assert "exits to be restarted" in complaint


def test_many_bytes_are_dealt_by_partition_in_the_order_they_came_and_few_are_not() -> None:
    many, few = b"x" * (app.ALONE // 4), b"x"
    for value, partitions, dealt in (
        (many, (0, 1, 2, 3, 0), [[0, 2, 4], [1, 3]]),
        (many, (1, 3, 1, 1), [[0, 1, 2, 3]]),
        (few, (0, 1, 2, 3, 0), [[0, 1, 2, 3, 4]]),
    ):
        events = [
            SimpleNamespace(message=SimpleNamespace(partition=partition, offset=n), value=value)
            for n, partition in enumerate(partitions)
        ]
        assert [[event.message.offset for event in lane] for lane in app.in_lanes(events)] == dealt


def test_a_small_batch_that_took_long_lets_the_next_one_wait_for_more_within_bounds() -> None:
    assert [app.rest(took) for took in (0.0, 0.1, 0.2, 5.0)] == [0.5, 0.5, pytest.approx(0.6), 1.0]


ASKING = """
import asyncio
from pathlib import Path
from aiokafka import AIOKafkaConsumer
from streams import app

async def main():
    worker = app.make_app("127.0.0.1:1", Path("unused"), print)
    ours = worker.consumer._new_consumer_thread()._create_worker_consumer(worker.transport)
    for each in (ours, AIOKafkaConsumer(fetch_min_bytes=7, fetch_max_wait_ms=8)):
        print(each._fetch_min_bytes, each._fetch_max_wait_ms)

asyncio.run(main())
"""


def test_the_broker_is_asked_for_many_records_at_once() -> None:
    """Faust offers no setting for it, so the names in aiokafka have to be right."""
    done = subprocess.run([sys.executable, "-c", ASKING], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines() == [f"{fetching.ENOUGH} {fetching.PATIENCE}", "7 8"]

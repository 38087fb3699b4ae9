"""The Faust worker: records in, store brought up to them, acknowledgement last.

No tables, no windows, no changelogs: the worker keeps nothing, so it starts in seconds and can be killed at any time.
Whether it moves is judged from outside, by what it has written (deploy/health.py): a worker that is stuck cannot tell.
"""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import faust

from metrics.errors import Unavailable
from metrics.events import Topic
from streams.access import credentials
from streams.decode import Record
from streams.fetching import ThriftyTransport
from streams.intake import Intake
from streams.keep import Batch, read

log = logging.getLogger(__name__)

GROUP = "nhip"
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0  # seconds between attempts while the store is away

GATHER, LONGEST_GATHER, TIMES = 0.5, 1.0, 3.0
"""Seconds from one batch to the next. When little comes, many small ones cost the store as much as the rest of its
work; in a backlog a batch takes longer than that anyway. Where a small one takes long the store has others to answer:
the next waits so many times as long, within bounds."""

LANES, ALONE = 2, 2**18
"""Partitions share nothing, so some are folded while others are written; but not for so few bytes: each batch has a
price of its own."""

OPEN: Mapping[str, Any] = MappingProxyType({})
"""How a Kafka without login and TLS is entered."""

Keep = Callable[[Batch], None]


def make_app(kafka: str, scratch: Path, keep: Keep, access: Mapping[str, Any] = OPEN) -> faust.App:
    """The app with one agent a topic; `keep` is called in a thread and must be safe to repeat."""
    app = faust.App(
        GROUP,
        broker=f"kafka://{kafka}",
        broker_credentials=credentials(access),
        datadir=scratch,
        store="memory://",
        value_serializer="raw",
        key_serializer="raw",
        web_enabled=False,
        topic_disable_leader=True,
        topic_allow_declare=False,
        stream_wait_empty=False,
        stream_buffer_maxsize=256,
        broker_commit_interval=1.0,
        # After kill -9 the group waits for the dead member: these resume in about 8 s instead of a minute.
        broker_session_timeout=6,
        broker_heartbeat_interval=1.5,
        broker_rebalance_timeout=8,
    )
    app.transport = ThriftyTransport(app.conf.broker_consumer, app)
    for topic in Topic:
        app.agent(app.topic(topic.value, value_type=bytes), name=topic.value)(_agent(topic, keep))
    return app


def _agent(topic: Topic, keep: Keep) -> Callable[[Any], AsyncIterator[None]]:
    async def agent(stream: Any) -> AsyncIterator[None]:
        intake: Intake[Any] = Intake(_bytes)
        keeper = asyncio.create_task(_keep_all(topic, intake, keep))
        keeper.add_done_callback(_die_with)
        try:
            async for event in stream.noack().events():
                await intake.put(event)
                yield
        finally:
            keeper.cancel()

    return agent


async def _keep_all(topic: Topic, intake: Intake[Any], keep: Keep) -> None:
    """Batches are written one after the other; the next one gathers, and is read into columns, meanwhile."""
    writing: asyncio.Future[list[float]] | None = None
    took = 0.0
    while True:
        lanes = in_lanes(await intake.take())
        gathering = asyncio.create_task(asyncio.sleep(rest(took if len(lanes) == 1 else 0.0)))
        batches = await asyncio.gather(*(asyncio.to_thread(read, topic, _records(events)) for events in lanes))
        if writing is not None:
            took = max(await writing)
        kept = (_keep_and_acknowledge(batch, events, keep) for batch, events in zip(batches, lanes, strict=True))
        writing = asyncio.gather(*kept)
        writing.add_done_callback(_die_with)
        await gathering


def rest(took: float) -> float:
    """Seconds from one batch to the next, where the last took so many."""
    return min(max(GATHER, TIMES * took), LONGEST_GATHER)


def in_lanes(events: Sequence[Any]) -> list[list[Any]]:
    """All together where they are few, else by their partitions; none is empty."""
    lanes = 1 if sum(map(_bytes, events)) < ALONE else LANES
    dealt = ([event for event in events if event.message.partition % lanes == lane] for lane in range(lanes))
    return [lane for lane in dealt if lane]


def _bytes(event: Any) -> int:
    return len(event.value)


def _records(events: Sequence[Any]) -> list[Record]:
    return [Record(e.message.partition, e.message.offset, e.value) for e in events]


async def _keep_and_acknowledge(batch: Batch, events: list[Any], keep: Keep) -> float:
    """The seconds it took. An unavailable store is waited for, however long: nothing is acknowledged meanwhile."""
    pause, began = FIRST_PAUSE, asyncio.get_running_loop().time()
    while True:
        try:
            await asyncio.to_thread(keep, batch)
            break
        except Unavailable as error:
            log.warning("%s: %s; trying again in %.1f s", batch.topic.value, error, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
    for event in events:
        event.ack()
    return asyncio.get_running_loop().time() - began


def _die_with(task: "asyncio.Future[Any]") -> None:
    """A crashed agent does not end its process, and a worker that only looks alive is worse than none."""
    if not task.cancelled() and task.exception() is not None:
        log.critical("the worker cannot go on and exits to be restarted", exc_info=task.exception())
        os._exit(1)

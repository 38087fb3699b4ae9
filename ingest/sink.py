"""Where events go. A sink keeps the order of the events of one thing and loses none, or says Unavailable."""

from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol, Self

from kafka import KafkaProducer  # type: ignore[import-untyped]  # it ships no types
from kafka.errors import KafkaError, MessageSizeTooLargeError  # type: ignore[import-untyped]

from ingest.batches import MOST_BYTES, MOST_EVENTS, Batch, Batches
from ingest.cluster import Cluster, entrance
from ingest.topics import CONNECT, LARGEST_RECORD, ask, log_ends, prepare
from metrics.errors import Misconfigured, Unavailable
from metrics.events import DEAD, Topic

IN_FLIGHT = 48  # records not yet acknowledged: what a broker that is away may cost in memory
PATIENCE = 600.0
GRACE = 5.0


class Sink(Protocol):
    @property
    def identity(self) -> str:
        """Names the log behind the sink: what was acknowledged under another identity was not sent here."""

    @property
    def ends(self) -> Mapping[tuple[str, int], int]:
        """(topic, partition) → the offset after the last record acknowledged through this sink."""

    def send(self, topic: Topic, key: str, event: bytes) -> None:
        """Takes one event; it may wait here for as long as the sink cannot keep up."""

    def settle(self) -> None:
        """Returns once everything sent so far is acknowledged."""


class KafkaSink:
    """The sink that is Kafka. While the broker is away it waits, at most `patience` seconds for a record."""

    def __init__(self, kafka: Cluster | str, partitions: int, *, patience: float = PATIENCE) -> None:
        self._kafka, self._patience = kafka, patience
        self._ends: dict[tuple[str, int], int] = {}
        self._batches = Batches(partitions)
        self._waiting: deque[Any] = deque()
        self._unplaced: set[tuple[str, int]] = set()
        with self._explained():
            self.identity = prepare(kafka, partitions, within=min(patience, CONNECT))
            self._producer = KafkaProducer(**_settings(kafka, patience))

    @property
    def ends(self) -> Mapping[tuple[str, int], int]:
        return dict(self._ends)

    def send(self, topic: Topic, key: str, event: bytes) -> None:
        batch = self._batches.batch_for(topic, key)
        if batch.events and batch.size + len(event) >= MOST_BYTES:
            self._produce(batch)
        batch.events.append(event)
        batch.size += len(event) + 1
        if len(batch.events) >= MOST_EVENTS:
            self._produce(batch)

    def settle(self) -> None:
        for batch in self._batches.begun():
            self._produce(batch)
        with self._explained():
            self._producer.flush(self._longest)  # ends the lingering; a record that ran out of patience shows below
            while self._waiting:
                self._acknowledge()
            if self._unplaced:
                self._ends.update(log_ends(self._kafka, self._unplaced, within=min(self._patience, CONNECT)))
                self._unplaced.clear()

    def close(self) -> None:
        """Lets go of the broker at once. What is not settled by now may be lost: settle first."""
        try:
            self._producer.close(timeout=0)
        except KafkaError:  # it could not send what was left, and goes on trying: that would come behind later words
            self._producer._sender.force_close()  # noqa: SLF001  (closing stops half-way then, with no other way on)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _produce(self, batch: Batch) -> None:
        """Dead letters go behind all that was sent before them: so a log tells where the line would have stood."""
        if batch.topic is DEAD.topic:
            for before in [one for one in self._batches.begun() if one.topic is not DEAD.topic]:
                self._produce(before)
        with self._explained():
            if len(self._waiting) >= IN_FLIGHT:
                self._acknowledge()
            self._waiting.append(self._producer.send(batch.topic, batch.take(), partition=batch.partition))

    def _acknowledge(self) -> None:
        """Waits for the oldest record. Kafka may have had a repeated one already and not say where."""
        record = self._waiting.popleft().get(self._longest)
        place = (record.topic, record.partition)
        if record.offset < 0:
            self._unplaced.add(place)
        else:
            self._unplaced.discard(place)
            self._ends[place] = record.offset + 1

    @property
    def _longest(self) -> float:
        """Seconds. The producer itself gives up earlier; where it has lost a record over a broker's death, we do."""
        return self._patience + GRACE

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except MessageSizeTooLargeError:
            problem = f"Kafka at {self._kafka} refuses large records: set max.message.bytes to {LARGEST_RECORD}"
            raise Misconfigured([problem]) from None
        except KafkaError as error:
            raise Unavailable(
                f"Kafka at {self._kafka} does not take events ({type(error).__name__}); {ask(self._kafka)}"
            ) from error


def _settings(kafka: Cluster | str, patience: float) -> dict[str, Any]:
    wait = int(patience * 1000)
    return {
        **entrance(kafka),
        "bootstrap_timeout_ms": min(wait, CONNECT * 1000),
        # Without a sequence number a retried record could be written twice, or after its successor.
        "enable_idempotence": True,
        "acks": "all",
        "delivery_timeout_ms": wait,
        "request_timeout_ms": min(wait // 2, 30_000),
        "reconnect_backoff_max_ms": 1000,
        "compression_type": "lz4",
        "linger_ms": 5,
        "batch_size": 2 * MOST_BYTES,
        "max_request_size": LARGEST_RECORD,
        "metrics_enabled": False,
    }

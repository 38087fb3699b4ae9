"""A topic of the province's own as a source: plain JSON, or what Debezium says of each change of a table."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from kafka import KafkaConsumer, TopicPartition  # type: ignore[import-untyped]  # it ships no types
from kafka.errors import KafkaError  # type: ignore[import-untyped]
from pydantic import TypeAdapter
from pydantic_core import from_json

from ingest.border import Border
from ingest.cluster import Cluster, entrance
from ingest.kept import Kept
from ingest.mapping.mapping import Mapped
from ingest.mapping.rows import Rows
from ingest.mapping.said import MappingSaid
from ingest.mapping.value import Row
from ingest.source import Stretch
from metrics.errors import Misconfigured, Rejected, Unavailable

MOST = 5_000
"""Messages that are sent on together."""
CONNECT_MS = 3_000
POLL_MS = 1_000
OFFSETS = TypeAdapter(dict[int, int])
"""For each partition, the next offset."""
DELETED = "d"


class TopicSaid(MappingSaid):
    """A mapping of one topic; a message is a row."""

    topic: str


@dataclass(slots=True)
class Feed:
    """Each look reads up to where the topic ended when it began. Offsets are kept here, in no group of that Kafka."""

    kafka: Cluster
    said: TopicSaid
    kept: Kept[dict[int, int]]
    border: Border
    _offsets: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self._offsets = self.kept.read() or {}

    def look(self) -> Iterator[Stretch]:
        rows = Rows(Mapped(self.said), self.border)
        with consumer(self.kafka) as found:
            ends = self._begin(found)
            while any(found.position(place) < end for place, end in ends.items()):
                messages = found.poll(timeout_ms=POLL_MS, max_records=MOST)
                for place, some in messages.items():
                    yield self._stretch(rows, place, [one for one in some if one.offset < ends[place]])

    def _begin(self, found: Any) -> dict[Any, int]:
        """From the kept offsets on; what that Kafka no longer holds is passed over."""
        partitions = found.partitions_for_topic(self.said.topic)
        if not partitions:
            raise Misconfigured([f"topic: {self.said.topic} is not in {self.kafka}"])
        places = [TopicPartition(self.said.topic, number) for number in sorted(partitions)]
        found.assign(places)
        ends, starts = found.end_offsets(places), found.beginning_offsets(places)
        for place in places:
            found.seek(place, min(max(self._offsets.get(place.partition, 0), starts[place]), ends[place]))
        return dict(ends)

    def _stretch(self, rows: Rows, place: Any, messages: Sequence[Any]) -> Stretch:
        source = f"topic:{place.topic}/{place.partition}"
        told = ((message.offset, row) for message in messages if (row := row_of(message.value)) is not None)
        behind = {**self._offsets, place.partition: messages[-1].offset + 1} if messages else dict(self._offsets)
        return Stretch(rows.passed(source, told), lambda: self._keep(behind))

    def _keep(self, offsets: dict[int, int]) -> None:
        self._offsets = offsets
        self.kept.write(offsets)


def row_of(value: bytes | None) -> Row | Rejected | None:
    """None for what says that a row is gone: a dossier that was once there stays counted."""
    if value is None:
        return None
    try:
        said = from_json(value)
    except ValueError:
        return Rejected("no JSON")
    if isinstance(said, Mapping) and isinstance(said.get("payload"), Mapping) and "schema" in said:
        said = said["payload"]
    if isinstance(said, Mapping) and "op" in said and "after" in said:
        return None if said["op"] == DELETED else _row(said["after"])
    return _row(said)


def _row(said: Any) -> Row | Rejected:
    return dict(said) if isinstance(said, Mapping) else Rejected("no JSON object")


@contextmanager
def consumer(kafka: Cluster) -> Iterator[Any]:
    """Of no group, and it commits nothing there."""
    found = None
    try:
        found = KafkaConsumer(
            **entrance(kafka), group_id=None, enable_auto_commit=False, bootstrap_timeout_ms=CONNECT_MS
        )
        yield found
    except KafkaError as error:
        raise Unavailable(f"no Kafka answers at {kafka}: {error}") from None
    finally:
        if found is not None:
            found.close()


@dataclass(frozen=True, slots=True)
class Feeds:
    """Several topics as one source."""

    feeds: Sequence[Feed]

    def look(self) -> Iterator[Stretch]:
        for feed in self.feeds:
            yield from feed.look()

"""A topic of the province's own as a source: plain JSON, or what Debezium says of each change of a table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import from_json

from ingest.border import Border
from ingest.cluster import Cluster
from ingest.consumer import consumer, passages, places
from ingest.kept import Kept
from ingest.mapping.mapping import Mapped
from ingest.mapping.rows import Rows
from ingest.mapping.said import MappingSaid
from ingest.mapping.value import Row
from ingest.source import Stretch
from metrics.errors import Misconfigured, Rejected

OFFSETS = TypeAdapter(dict[int, int])
"""For each partition, the next offset."""
DELETED = "d"
PREFIX = "topic:"


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
            for place, messages in passages(found, self._starts(found)):
                yield self._stretch(rows, place, messages)

    def _starts(self, found: Any) -> dict[Any, int]:
        """The kept offsets."""
        return {place: self._offsets.get(place.partition, 0) for place in known(found, self.said.topic, self.kafka)}

    def _stretch(self, rows: Rows, place: Any, messages: Sequence[Any]) -> Stretch:
        behind = {**self._offsets, place.partition: messages[-1].offset + 1}
        return Stretch(rows.passed(source_of(place), rows_of(messages)), lambda: self._keep(behind))

    def _keep(self, offsets: dict[int, int]) -> None:
        self._offsets = offsets
        self.kept.write(offsets)


def known(found: Any, topic: str, kafka: Cluster) -> list[Any]:
    """Its partitions. Misconfigured where there is no such topic."""
    there = places(found, topic)
    if not there:
        raise Misconfigured([f"topic: {topic} is not in {kafka}"])
    return there


def source_of(place: Any) -> str:
    """What dead letters call a partition; their line is the offset."""
    return f"{PREFIX}{place.topic}/{place.partition}"


def rows_of(messages: Iterable[Any]) -> Iterator[tuple[int, Row | Rejected]]:
    return ((message.offset, row) for message in messages if (row := row_of(message.value)) is not None)


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

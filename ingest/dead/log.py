"""What our own topics hold: when lines were rejected, and what was said of certain things since."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic_core import from_json

from ingest.consumer import passages, places
from ingest.dead.reading import Thing
from metrics.events import DEAD, KINDS, Topic, partition_of

Letter = tuple[str, int]
"""Source and line."""


@dataclass(frozen=True, slots=True)
class Said:
    """`at`: milliseconds of Kafka's clock, never less than of what lies before it in the partition."""

    at: int
    thing: Thing
    event: bytes


@dataclass(slots=True)
class Log:
    """`found` reads our Kafka. Each look gives what came since the last one."""

    found: Any
    partitions: int
    things: Collection[Thing]
    since: int
    _next: dict[Any, int] = field(init=False)

    def __post_init__(self) -> None:
        lies_in = {(topic.value, partition_of(key, self.partitions)) for topic, key in self.things}
        wanted = [
            place
            for topic in dict.fromkeys(topic for topic, _ in self.things)
            for place in places(self.found, topic.value)
            if (place.topic, place.partition) in lies_in
        ]
        begun, ends = self.found.offsets_for_times(dict.fromkeys(wanted, self.since)), self.found.end_offsets(wanted)
        self._next = {place: begun[place].offset if begun[place] else ends[place] for place in wanted}

    def look(self) -> list[Said]:
        """Ordered by time, and in a partition as it is there."""
        told, clock = list[Said](), dict.fromkeys(self._next, 0)
        for place, messages in passages(self.found, dict(self._next)) if self._next else ():
            for message in messages:
                clock[place] = max(clock[place], message.timestamp)
                told += self._of(Topic(place.topic), message.value, clock[place])
            self._next[place] = messages[-1].offset + 1
        return sorted(told, key=lambda said: said.at)

    def _of(self, topic: Topic, record: bytes, at: int) -> Iterator[Said]:
        for event in record.splitlines():
            thing = (topic, key_of(event))
            if thing in self.things:
                yield Said(at, thing, event)


def rejected_at(found: Any) -> dict[Letter, int]:
    """When each line was rejected last, by Kafka's clock."""
    starts = dict.fromkeys(places(found, DEAD.topic.value), 0)
    letters = dict[Letter, int]()
    for _, messages in passages(found, starts):
        for message in messages:
            letters |= dict.fromkeys(map(_letter, message.value.splitlines()), message.timestamp)
    return letters


def key_of(event: bytes) -> str:
    """Of its thing; nothing where it is no event of ours."""
    said = _object(event)
    kind = KINDS.get(str(said.get("kind")))
    return str(said.get(kind.key, "")) if kind else ""


def _letter(event: bytes) -> Letter:
    said = _object(event)
    line = str(said.get("line"))
    return str(said.get("source")), int(line) if line.isdigit() else 0


def _object(event: bytes) -> dict[str, Any]:
    try:
        said = from_json(event)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}

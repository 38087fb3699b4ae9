"""How far a file has come into Kafka, and whether what lies before that is still what was sent."""

from dataclasses import dataclass
from typing import BinaryIO

from pydantic import TypeAdapter

from ingest.follow.shelf import Seen
from ingest.follow.tail import fingerprint


@dataclass(frozen=True, slots=True)
class Place:
    """How far a file is acknowledged. `end` is its state when nothing was left of it, or None while there is more."""

    offset: int
    line: int
    known_by: str
    state: Seen
    end: Seen | None

    def holds(self, now: Seen, content: BinaryIO) -> bool:
        """Whether what was read is still there, as it was."""
        if now.number != self.state.number or now.size < self.offset:
            return False
        touched = self.end is not None and self.end != now and self.end.size == now.size
        return not touched and fingerprint(content, self.offset) == self.known_by


START = Place(0, 0, "", Seen(0, 0, 0), None)
PLACES = TypeAdapter(dict[str, Place])

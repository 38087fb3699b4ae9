"""Where lines become events or dead letters, and are counted. Nothing else makes an event of a line."""

from collections import Counter
from collections.abc import Iterable, Iterator

from pydantic_core import from_json, to_json

from ingest.kinds import Kind
from ingest.lines import Numbered
from ingest.reading import LineReader
from metrics.errors import Rejected
from metrics.events import DEAD, Topic

Outgoing = tuple[Topic, str, bytes]
"""Topic, key of the thing, and the event as one JSON line."""


class Border:
    """Counts lines by kind of file, from when it was made."""

    def __init__(self) -> None:
        self.accepted: Counter[str] = Counter()
        self.rejected: Counter[str] = Counter()

    def passed(self, kind: Kind, reader: LineReader, source: str, lines: Iterable[Numbered]) -> Iterator[Outgoing]:
        """The events of those lines, and what the reader had gathered of them."""
        for number, line in lines:
            try:
                said = reader.read(whole(line))
            except Rejected as reason:
                self.rejected[kind.name] += 1
                yield dead_letter(kind.name, source, number, reason)
            else:
                self.accepted[kind.name] += 1
                if said is not None:
                    yield kind.topic, *said
        for key, event in reader.rest():
            yield kind.topic, key, event


def dead_letter(file_kind: str, source: str, line: int, reason: Rejected) -> Outgoing:
    letter = {"kind": DEAD.name, "source": source, "line": str(line), "reason": str(reason), "file_kind": file_kind}
    return DEAD.topic, source, to_json(letter)


def mended(file_kind: str, source: str, line: int) -> Outgoing:
    """Takes a dead letter back: its line was read in the end."""
    topic, key, letter = dead_letter(file_kind, source, line, Rejected())
    return topic, key, to_json({**from_json(letter), "mended": "1"})


def whole(line: bytes | Rejected) -> bytes:
    if isinstance(line, Rejected):
        raise line
    return line

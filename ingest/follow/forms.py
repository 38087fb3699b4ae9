"""How a followed file is read: line by line while it grows, or as a whole once it is quiet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO, Protocol

from ingest.border import Border, Outgoing
from ingest.follow.shelf import Interrupted
from ingest.kinds import KINDS, Kind
from ingest.lines import PIECE, Numbered, numbered, unzipped
from ingest.reading import LineReader

ROWS = 20_000
"""Rows of a whole file that are sent together."""


class Form(Protocol):
    """Of a file that is read as a whole. A row is numbered by the line that it begins in."""

    @property
    def order(self) -> int:
        """Files with a lower one are read first."""

    @property
    def mark(self) -> str:
        """Where it is another one than before, files are read again."""

    @property
    def resumes(self) -> bool:
        """Whether rows can be read without those before them."""

    def rows(self, file: BinaryIO, name: str) -> Iterator[tuple[int, Any]]: ...

    def passed(self, source: str, rows: Iterable[tuple[int, Any]], border: Border) -> Iterator[Outgoing]: ...


@dataclass(frozen=True, slots=True)
class Lines:
    """All lines of a file, plain or `.gz`."""

    kind: Kind
    reader: LineReader

    @property
    def order(self) -> int:
        return KINDS.index(self.kind)

    @property
    def mark(self) -> str:
        return ""

    @property
    def resumes(self) -> bool:
        return not self.kind.remembers

    def rows(self, file: BinaryIO, name: str) -> Iterator[Numbered]:
        return numbered(unzipped(pieces(file)) if name.endswith(".gz") else pieces(file))

    def passed(self, source: str, rows: Iterable[Numbered], border: Border) -> Iterator[Outgoing]:
        return border.passed(self.kind, self.reader, source, rows)


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """A file that cannot be read just now is no broken file."""
    try:
        yield from iter(lambda: file.read(PIECE), b"")
    except OSError as error:
        raise Interrupted(error.strerror) from error


def kind_of(name: str, kinds: Sequence[Kind] = KINDS) -> Kind | None:
    return next((kind for kind in kinds if kind.takes(name)), None)


def behind(rows: Iterator[tuple[int, Any]], line: int) -> Iterator[Sequence[tuple[int, Any]]]:
    """Those after that line, so many at a time."""
    left = (row for row in rows if row[0] > line)
    while some := list(islice(left, ROWS)):
        yield some

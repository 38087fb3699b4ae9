"""The whole lines of a file that grows, block by block. A line counts when its end is there."""

from dataclasses import dataclass
from typing import BinaryIO

from ingest.kept import digest
from ingest.lines import LONGEST, PIECE

MOST = 8 << 20
"""Bytes of a block."""
HALF = 4 << 20
"""Bytes at the beginning and before a place by which it is known again."""


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines, and the offset behind them. Of a line that is longer than any may be only the beginning is here."""

    content: bytes
    end: int

    @property
    def lines(self) -> int:
        return self.content.count(b"\n")


def block(file: BinaryIO, offset: int) -> Block | None:
    """From there on; None where no line ends yet."""
    file.seek(offset)
    content = file.read(MOST)
    length = content.rfind(b"\n") + 1
    if length:
        return Block(content[:length], offset + length)
    return _overlong(file, content, offset + len(content)) if len(content) == MOST else None


def _overlong(file: BinaryIO, content: bytes, offset: int) -> Block | None:
    """The rest of such a line is passed over."""
    while piece := file.read(PIECE):
        if (found := piece.find(b"\n")) >= 0:
            return Block(content[: LONGEST + 2] + b"\n", offset + found + 1)
        offset += len(piece)
    return None


def rest(file: BinaryIO, offset: int) -> bytes:
    """What lies behind the last line's end, enough of it to be seen as too long."""
    file.seek(offset)
    return file.read(LONGEST + 2)


def fingerprint(file: BinaryIO, offset: int) -> str:
    """Of all that lies before the offset, where it is not very long; else of its beginning and its end."""
    file.seek(0)
    head = file.read(min(offset, HALF))
    file.seek(max(offset - HALF, len(head)))
    return digest(head + file.read(offset - max(offset - HALF, len(head))))

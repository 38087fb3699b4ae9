"""The lines of a file, numbered from 1 as an editor shows them. Memory does not grow with the file or with a line."""

import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from metrics.errors import Rejected

LONGEST = 1 << 20
PIECE = 1 << 18
INFLATED = 1 << 16  # at a time: where a .gz is damaged, what was being inflated is lost
_BOM = b"\xef\xbb\xbf"
_GZIP = 31  # zlib's number for a gzip header and the largest window


Numbered = tuple[int, bytes | Rejected]


class LineFile:
    """The lines of a file, plain or `.gz`; `done` says how many bytes of it have been read so far."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.done = 0

    def __iter__(self) -> Iterator[Numbered]:
        try:
            file = self._path.open("rb")
        except OSError as error:
            yield 1, _unreadable(error)
            return
        with file:
            pieces = self._pieces(file)
            yield from numbered(unzipped(pieces) if self._path.suffix == ".gz" else pieces)

    def _pieces(self, file: BinaryIO) -> Iterator[bytes]:
        while piece := file.read(PIECE):
            self.done += len(piece)
            yield piece


def numbered(pieces: Iterable[bytes], after: int = 0) -> Iterator[Numbered]:
    """Every line that is not blank, or why it is none, numbered on from the one before.

    Where the file breaks off, the cut line is that break.
    """
    number, rest = after, b""
    try:
        for piece in pieces if after else _without_mark(pieces):
            lines = piece.split(b"\n")
            lines[0] = rest + lines[0]
            rest = lines.pop()[: LONGEST + 2]  # enough to be seen as too long, whatever ends it
            for line in lines:
                number += 1
                if line and not line.isspace():
                    yield number, line if len(line) <= LONGEST else _measured(line)
                elif len(line) > LONGEST:
                    yield number, _measured(line)
    except Rejected as broken:
        yield number + 1, broken
    except OSError as error:
        yield number + 1, _unreadable(error)
    else:
        if rest and (len(rest) > LONGEST or not rest.isspace()):
            yield number + 1, _measured(rest)


def _unreadable(error: OSError) -> Rejected:
    """The place where reading stopped; nothing after it has been seen."""
    return Rejected(f"the file cannot be read from here on ({error.strerror}); mend it and load the folder again")


def _measured(line: bytes) -> bytes | Rejected:
    if len(line.removesuffix(b"\r")) > LONGEST:
        return Rejected("longer than 1 MiB; split it or leave out what is not used")
    return line


def _without_mark(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """A byte-order mark may only stand first. It may come in several pieces."""
    start = b""
    left = iter(pieces)
    for piece in left:
        start += piece
        if len(start) >= len(_BOM):
            break
    yield start.removeprefix(_BOM)
    yield from left


def unzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """All that can be had of a gzip file: every member, and of a broken one the part before the break."""
    member = None
    for piece in pieces:
        left = piece
        while left:
            if member is None:
                member = zlib.decompressobj(_GZIP)
            yield _inflated(member, left)
            if member.eof:
                left, member = member.unused_data.lstrip(b"\0"), None  # tapes and blocks are padded with zeros
            else:
                left = member.unconsumed_tail
    if member is not None:
        yield member.flush()
        if not member.eof:
            raise Rejected("the .gz breaks off here; send the file again and load the folder again")


def _inflated(member: "zlib._Decompress", data: bytes) -> bytes:
    try:
        return member.decompress(data, INFLATED)
    except zlib.error:
        raise Rejected("the .gz is damaged from here on; send the file again and load the folder again") from None

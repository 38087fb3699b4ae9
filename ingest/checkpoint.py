"""How far a load has come, so that one that was broken off goes on behind the last acknowledged lines.

One small file for each drop folder. It says numbers and names only, nothing of what the lines hold.
"""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

HEAD = 1 << 16


@dataclass(frozen=True, slots=True)
class Place:
    """Everything up to this line of this file (counted from 0) is acknowledged."""

    file: int
    line: int
    accepted: dict[str, int]
    rejected: dict[str, int]
    ends: list[tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class _Kept:
    of: str
    place: Place


_KEPT = TypeAdapter(_Kept)


class Checkpoint:
    """The place kept for one folder as it is now, for one sink. For any other it counts as absent."""

    def __init__(self, folder: Path, *, load: Path, files: Iterable[Path], sink: str) -> None:
        self._path = folder / f"{_digest(os.fsencode(load.resolve()))[:32]}.json"
        self._of = _digest("\n".join([sink, *map(_state, files)]).encode())

    def read(self) -> Place | None:
        try:
            kept = _KEPT.validate_json(self._path.read_bytes())
        except (FileNotFoundError, ValidationError):
            return None  # to send lines again is harmless, to skip one is not
        return kept.place if kept.of == self._of else None

    def write(self, place: Place) -> None:
        """Whole or not at all, whenever the process ends."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(f".{os.getpid()}")
        with fresh.open("wb") as file:
            file.write(_KEPT.dump_json(_Kept(self._of, place)))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)

    def discard(self) -> None:
        self._path.unlink(missing_ok=True)


def _state(file: Path) -> str:
    """What changes when a file is replaced, edited or grows."""
    try:
        about = file.stat()
        with file.open("rb") as content:
            head = _digest(content.read(HEAD))
    except OSError as error:
        return f"{file.name!a} {error.errno}"
    return f"{file.name!a} {about.st_size} {about.st_mtime_ns} {about.st_ino} {head}"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

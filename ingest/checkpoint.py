"""How far a load has come, so that one that was broken off goes on behind the last acknowledged lines."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from ingest.kept import Kept, digest

HEAD = 1 << 16


@dataclass(frozen=True, slots=True)
class Place:
    """Everything up to this line of this file (counted from 0) is acknowledged."""

    file: int
    line: int
    accepted: dict[str, int]
    rejected: dict[str, int]
    ends: list[tuple[str, int, int]]


Checkpoint = Kept[Place]
_PLACE = TypeAdapter(Place)


def checkpoint(folder: Path, *, load: Path, files: Iterable[Path], sink: str) -> Checkpoint:
    """The place kept for one folder as it is now, for one sink."""
    name = os.fsencode(load.resolve()).decode(errors="backslashreplace")
    return Kept(folder, name, digest("\n".join([sink, *map(_state, files)]).encode()), _PLACE)


def _state(file: Path) -> str:
    """What changes when a file is replaced, edited or grows."""
    try:
        about = file.stat()
        with file.open("rb") as content:
            head = digest(content.read(HEAD))
    except OSError as error:
        return f"{file.name!a} {error.errno}"
    return f"{file.name!a} {about.st_size} {about.st_mtime_ns} {about.st_ino} {head}"

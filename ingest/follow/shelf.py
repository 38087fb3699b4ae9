"""Where followed files lie: a folder of this machine, which may be a mounted share, or one over SFTP."""

import os
import shutil
import stat
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import BinaryIO, Protocol

from metrics.errors import Unavailable


@dataclass(frozen=True, slots=True)
class Seen:
    """What tells one state of a file from another: bytes, when it was changed, and which file it is (0: not told)."""

    size: int
    changed: int
    number: int


class Interrupted(Exception):
    """A file could not be read to where it ends; it is no broken file, and is tried again."""


class Shelf(Protocol):
    """Every call may raise OSError for what concerns one file, and Unavailable where nothing can be reached."""

    place: str
    """The folder as given."""

    def files(self) -> dict[str, Seen]: ...

    def open(self, name: str) -> BinaryIO: ...

    def seen(self, file: BinaryIO) -> Seen:
        """The state of a file that is open."""

    def move(self, name: str, archive: str) -> None:
        """Into another folder of the same machine; what lies there is not overwritten."""


class LocalShelf:
    def __init__(self, folder: Path) -> None:
        self.place = str(folder)
        self._folder = folder

    def files(self) -> dict[str, Seen]:
        try:
            with os.scandir(self._folder) as entries:
                found = {entry.name: _about(Path(entry.path)) for entry in entries}
        except OSError as error:
            raise Unavailable(f"{self.place} cannot be read ({error.strerror}); is the share mounted?") from None
        return {name: seen for name, seen in found.items() if seen is not None}

    def open(self, name: str) -> BinaryIO:
        return (self._folder / name).open("rb")

    def seen(self, file: BinaryIO) -> Seen:
        return _seen(os.fstat(file.fileno()))

    def move(self, name: str, archive: str) -> None:
        Path(archive).mkdir(parents=True, exist_ok=True)
        shutil.move(self._folder / name, _unused(Path(archive) / name))


def _about(path: Path) -> Seen | None:
    """None for what is no file, or is gone already."""
    try:
        about = path.stat()
    except FileNotFoundError:
        return None
    return _seen(about) if stat.S_ISREG(about.st_mode) else None


def _seen(about: os.stat_result) -> Seen:
    return Seen(about.st_size, about.st_mtime_ns, about.st_ino)


def _unused(path: Path) -> Path:
    numbered = (path.with_name(f"{path.name}.{number}") for number in count(1))
    return path if not path.exists() else next(one for one in numbered if not one.exists())

"""What lies in a drop folder: which files are read, in which order, and which are left alone."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.kinds import KINDS, Kind
from metrics.errors import Misconfigured


@dataclass(frozen=True, slots=True)
class DropFile:
    kind: Kind
    path: Path

    @property
    def source(self) -> str:
        """The path as given, as a text that can be written anywhere."""
        return os.fsencode(self.path).decode(errors="replace")


@dataclass(frozen=True, slots=True)
class DropFolder:
    """`files` in loading order; `ignored` are names nobody will read, so that a misspelt one is noticed."""

    files: tuple[DropFile, ...]
    ignored: tuple[str, ...]


def look(folder: Path, kinds: Sequence[Kind] = KINDS) -> DropFolder:
    """The folder as it is now. A file that cannot be read is found out when its turn comes."""
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208  (names, not paths: the path stays as given)
    except OSError as error:
        problem = f"{folder}: cannot be read ({error.strerror}); name the folder that holds the files"
        raise Misconfigured([problem]) from None
    files = [DropFile(kind, folder / name) for kind in kinds for name in names if kind.takes(name)]
    taken = {file.path.name for file in files}
    return DropFolder(tuple(files), tuple(name for name in names if name not in taken))

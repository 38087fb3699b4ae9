"""What a backup says of itself: written last, so that a backup without it is none."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from metrics.errors import Misconfigured

NAME = "manifest.json"


class File(BaseModel):
    """A file of rows of one table, by its name within the backup."""

    model_config = ConfigDict(frozen=True)

    name: str
    rows: int
    bytes: int
    sha256: str


class Manifest(BaseModel):
    """`schema_number` is the newest migration; `topics` names the log that the offsets inside belong to."""

    model_config = ConfigDict(frozen=True)

    made_at: datetime
    schema_number: int
    topics: str
    tables: dict[str, tuple[File, ...]]

    def rows(self, table: str) -> int:
        return sum(file.rows for file in self.tables.get(table, ()))

    def write(self, folder: Path) -> None:
        fresh = folder / f"{NAME}.new"
        fresh.write_text(self.model_dump_json(indent=1) + "\n")
        fresh.rename(folder / NAME)


@dataclass(frozen=True, slots=True)
class Backup:
    """A folder that holds what its manifest says."""

    folder: Path
    said: Manifest

    def files(self, table: str) -> list[Path]:
        return [self.folder / file.name for file in self.said.tables.get(table, ())]


def opened(folder: Path) -> Backup:
    """Misconfigured where there is none, or a file is missing or has been changed."""
    try:
        found = Manifest.model_validate_json((folder / NAME).read_bytes())
    except FileNotFoundError:
        raise Misconfigured([f"{folder} holds no whole backup: {NAME} is missing"]) from None
    except ValidationError:
        raise Misconfigured([f"{folder / NAME} is no manifest of a backup"]) from None
    damaged = list(_damaged(folder, found))
    if damaged:
        raise Misconfigured(damaged)
    return Backup(folder, found)


def _damaged(folder: Path, said: Manifest) -> Iterator[str]:
    for file in (file for files in said.tables.values() for file in files):
        path = folder / file.name
        if Path(file.name).name != file.name or not path.is_file():
            yield f"{path} is missing"
        elif digest(path) != file.sha256:
            yield f"{path} is not what was backed up: its checksum differs"


def digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()

"""What a source remembers between two runs: a small JSON file, whole or not at all, whenever the process ends."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json, to_json

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """One thing, kept under `name`. Where it was kept `of` something else, such as another log, it counts as absent.

    It says numbers and names only, nothing of what lines hold; only its owner may read it.
    """

    folder: Path
    name: str
    of: str
    adapter: TypeAdapter[T]

    def read(self) -> T | None:
        """None where there is nothing to go by: to send lines again is harmless, to skip one is not."""
        try:
            kept = from_json(self._path.read_bytes())
            return self.adapter.validate_python(kept["what"]) if kept["of"] == self.of else None
        except (FileNotFoundError, ValidationError, ValueError, TypeError, KeyError):
            return None

    def write(self, what: T) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
            file.write(to_json({"of": self.of, "what": what}))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)

    def discard(self) -> None:
        self._path.unlink(missing_ok=True)

    @property
    def _path(self) -> Path:
        return self.folder / f"{digest(self.name.encode())[:32]}.json"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

"""The local store's two logins: made once for a data folder and kept in a file only its owner can read."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, repr=False)
class Logins:
    """Each is `user:password`. The reader's may ask, and nothing else."""

    writer: str
    reader: str


def logins(path: Path) -> Logins:
    if not path.exists():
        fresh = path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(f"nhip:{secrets.token_hex(16)}\nreader:{secrets.token_hex(16)}\n")
        fresh.replace(path)
    writer, reader = path.read_text().split()
    return Logins(writer, reader)

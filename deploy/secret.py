"""What the board signs sessions with, where the settings give nothing: made once, in a file only its owner reads."""

import os
import secrets
from pathlib import Path


def secret(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_hex(32) + "\n")
        fresh.rename(path)
    return path.read_text().strip()

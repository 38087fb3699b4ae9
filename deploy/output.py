"""What people and scripts get to see: data on standard output, everything else on standard error."""

import json
import sys
from typing import Any


def tell(text: str) -> None:
    sys.stderr.write(f"nhip: {text}\n")
    sys.stderr.flush()


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def say_json(value: Any) -> None:
    say(json.dumps(value, ensure_ascii=False, indent=1))

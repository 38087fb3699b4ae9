"""Fuzzing of every parser at the border, one after the other; a finding ends it, with the input that was found."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

from tests.bench.fuzzing.targets import targets
from tests.bench.result import Wrong
from tests.bench.stack import tell

LAST = 4_000
"""Characters of what a process with a finding said last."""


def fuzzed(folder: Path, seconds: int) -> Iterator[dict[str, str]]:
    """A row a target."""
    names = list(targets(folder))
    for name in names:
        tell(f"fuzzing: {name}…")
        yield {"parser": name, **_one(name, max(1, seconds // len(names)))}


def _one(name: str, seconds: int) -> dict[str, str]:
    """Raises Wrong. The folder with the input stays where there is a finding."""
    there = mkdtemp(prefix="nhip-fuzz-")
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.fuzzing", name, str(seconds), there],
        capture_output=True, text=True, errors="replace", check=False, timeout=60 + 3 * seconds,
    )  # fmt: skip
    said = done.stdout + done.stderr
    if done.returncode:
        raise Wrong(f"{name}, input in {there}:\n{said[-LAST:]}")
    inputs = re.search(r"number_of_executed_units: (\d+)", said)
    covered = re.findall(r"cov: (\d+)", said)
    if inputs is None or not covered:
        raise Wrong(f"{name}: nothing was tried:\n{said[-LAST:]}")
    shutil.rmtree(there)
    return {"seconds": str(seconds), "inputs": f"{int(inputs[1]):,}", "branches reached": covered[-1], "findings": "0"}

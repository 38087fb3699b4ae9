"""The other frameworks on a topic of one event a record."""

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from deploy.process import Child, Program, start
from tests.bench import history
from tests.bench.counting import Totals
from tests.bench.expected import require
from tests.bench.result import Result
from tests.bench.stack import stack, tell
from tests.bench.topics import PARTITIONS, fill, make
from tests.bench.usage import Usage, spent, usages

TOPIC = "bench.events"
HERE = Path(__file__).parents[2]
PATIENCE = 600.0
QUIX = "quixstreams==3.28.1"  # wants an older pydantic than nhip has, so it gets an environment of its own


@dataclass(frozen=True, slots=True)
class Framework:
    """What it is called in the table, its module among the contenders, and the Python that has what it needs."""

    name: str
    module: str
    python: str


def naive_faust(folder: Path, events: int, expected: Totals) -> Result:
    faust = Framework("naive Faust, two tables (in memory, with changelogs)", "naive_faust", sys.executable)
    return _measured(faust, folder, events, expected)


def quix(folder: Path, events: int, expected: Totals, *, cache: Path) -> Result:
    streams = Framework("Quix Streams, state and changelog", "quix", str(_environment(cache)))
    return _measured(streams, folder, events, expected)


def _measured(it: Framework, folder: Path, events: int, expected: Totals) -> Result:
    with stack(folder) as built, built.running("broker") as (around, _):
        kafka = built.plan.addresses.kafka.servers
        make(kafka, TOPIC)
        fill(kafka, TOPIC, history.events(events), 1)
        outcome = folder / "outcome.json"
        arguments = (kafka, TOPIC, str(PARTITIONS), str(events), str(folder / it.module), str(outcome))
        command = (it.python, "-m", f"tests.bench.contenders.{it.module}", *arguments)
        before = usages(around)
        child = start(Program(it.module, command, {"PYTHONPATH": str(HERE)}), folder / "logs")
        try:
            _await(child, outcome)
            costs = spent(before, around)
        finally:
            child.stop(grace=10)
        said = json.loads(outcome.read_text())
    require(it.name, said["totals"], expected)
    costs["worker"] = Usage(said["cpu"], said["peak_mb"])
    return Result(it.name, "1 event a record", events, said["seconds"], costs)


def _await(child: Child, outcome: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not outcome.exists():
        if child.status is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{child.program.name} did not finish; {child.log} ends:\n{child.last_words(20)}")
        time.sleep(0.1)


def _environment(cache: Path) -> Path:
    """The Python that has Quix Streams, made once."""
    folder = cache / "bench" / QUIX.replace("==", "-")
    python = folder / "bin" / "python"
    done = folder / "installed"
    if not done.exists():
        tell(f"installing {QUIX} into {folder} (once)…")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        subprocess.run(
            [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", QUIX], check=True
        )
        done.touch()
    return python

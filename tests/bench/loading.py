"""`nhip load` whole, the ingestor alone, and how the cost grows."""

import json
import subprocess
import sys
from pathlib import Path

from dashboards.store import connect
from deploy.folder import DataFolder, Role
from deploy.stack import running
from tests.bench.counting import Totals
from tests.bench.expected import require
from tests.bench.result import Result
from tests.bench.stack import cells, settings_of, stack, tell
from tests.bench.usage import Usage, spent, usages

LOADER = "from deploy.cli import main; main({words!r})"
INGESTOR = "from tests.bench.ingestor import main; main({words!r})"


def load(data: Path, drop: Path, lines: int, expected: Totals) -> Result:
    """Beside a running stack, as an operator would: so the start of broker, store and worker is not in it."""
    settings = settings_of(data)
    with running(settings, Role.UP, tell) as where:
        state = DataFolder(data).state()
        if state is None:
            raise RuntimeError("the stack does not say what runs")
        before = usages(state.pids)
        said, loader = told(LOADER, ["load", str(drop), "--data", str(data), "--json"])
        costs = spent(before, state.pids) | {"loader": loader}
        client = connect(where.clickhouse)
        require("nhip load", cells(client), expected)
        client.close()
    return Result("nhip load, whole", "national lines, 500 events a record", lines, said["seconds"], costs)


def ingestor(folder: Path, drop: Path, lines: int) -> Result:
    """Files to acknowledged records, nobody reading them."""
    with stack(folder) as built, built.running("broker") as (around, _):
        before = usages(around)
        words = [built.plan.addresses.kafka.servers, str(drop), str(folder / "checkpoints")]
        said, loader = told(INGESTOR, words)
        costs = spent(before, around) | {"loader": loader}
    if said["accepted"] != lines:
        raise RuntimeError(f"the ingestor took {said['accepted']} of {lines} lines")
    return Result(
        "the ingestor alone, files to Kafka", "national lines, 500 events a record", lines, said["seconds"], costs
    )


def told(code: str, words: list[str]) -> tuple[dict[str, float], Usage]:
    """Runs it in a process of its own: what it prints as JSON, and what the process cost."""
    finish = "import sys; from tests.bench.usage import usage; u = usage(); print(u.cpu, u.peak_mb, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", f"{code.format(words=words)}; {finish}"], capture_output=True, text=True, check=True
    )
    cpu, peak = map(float, done.stderr.strip().splitlines()[-1].split())
    return json.loads(done.stdout), Usage(cpu, peak)

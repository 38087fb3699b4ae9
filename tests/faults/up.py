"""`nhip up` in a process of its own, and loads into it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kafka import KafkaAdminClient  # type: ignore[import-untyped]

from dashboards.pipeline import progress
from dashboards.store import connect
from deploy.folder import DataFolder, State
from deploy.parts import GROUP
from tests.faults.province import Province
from tests.support.processes import eventually, using

NHIP = Path(sys.executable).with_name("nhip")
PATIENCE = 100


@dataclass
class Up:
    data: Path
    process: subprocess.Popen[bytes]
    province: Province

    def pid(self, part: str) -> int:
        return int(json.loads((self.data / "stack.json").read_text())["pids"][part])

    def kill(self, part: str) -> None:
        os.kill(self.pid(part), signal.SIGKILL)

    def written(self) -> int:
        """Records in the store so far."""
        return sum(p.next_offset for p in progress(self.province.client))

    @contextmanager
    def loading(self, folder: Path) -> Iterator[subprocess.Popen[str]]:
        """`nhip load`, once its first records are in the store."""
        before = self.written()
        with subprocess.Popen(
            [NHIP, "load", folder, "--json", "--data", self.data], stdout=subprocess.PIPE, text=True
        ) as load:
            try:
                assert eventually(lambda: self.written() > before or load.poll() is not None, within=30)
                yield load
            finally:
                load.kill()

    def load(self, folder: Path) -> dict[str, dict[str, int]]:
        with self.loading(folder) as load:
            return finished(load)


def finished(load: subprocess.Popen[str]) -> dict[str, dict[str, int]]:
    said, _ = load.communicate(timeout=PATIENCE)
    assert load.returncode == 0
    found: dict[str, dict[str, int]] = json.loads(said)
    return found


def state(data: Path) -> State:
    found = DataFolder(data).state()
    assert found is not None
    return found


def is_ready(data: Path) -> bool:
    found = DataFolder(data).state()
    return found is not None and found.ready


@contextmanager
def running_up(data: Path) -> Iterator[Up]:
    """Stopped politely at the end, and then nothing is left of it."""
    with subprocess.Popen([NHIP, "up", "--data", data]) as process:
        try:
            assert eventually(lambda: is_ready(data) or process.poll() is not None, within=90)
            yield Up(data, process, Province(connect(state(data).clickhouse)))
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0
        finally:
            process.kill()
    assert eventually(lambda: not using(data)), using(data)


@contextmanager
def another_worker(up: Up, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    found = state(up.data)
    where = {"NHIP_DATA": str(folder / "worker"), "NHIP_KAFKA": found.kafka, "NHIP_CLICKHOUSE": found.clickhouse}
    log = (folder / "worker.log").open("ab")
    with (
        log,
        subprocess.Popen(
            [sys.executable, "-P", "-m", "deploy.worker"], stdout=log, stderr=log, env={**os.environ, **where}
        ) as worker,
    ):
        try:
            yield worker
        finally:
            worker.kill()


def readers(up: Up) -> int:
    """How many workers share the partitions."""
    admin = KafkaAdminClient(bootstrap_servers=state(up.data).kafka)
    try:
        group = admin.describe_groups([GROUP])[GROUP]
        return len(group["members"]) if group["group_state"] == "Stable" else 0
    finally:
        admin.close()

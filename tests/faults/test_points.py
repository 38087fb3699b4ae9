"""kill -9 of the worker at every step between reading and acknowledging, on the real broker and store."""

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import pytest

from dashboards.store import connect
from deploy import ports
from deploy.folder import Role
from deploy.keeper import Keeper, Part
from deploy.parts import Addresses
from deploy.settings import Settings
from deploy.stack import planned
from tests.faults.province import Province, bring, simulated
from tests.support.processes import eventually, using

pytestmark = pytest.mark.faults

ROOT = Path(__file__).parents[2]
YEARS = count(2016)
BOUND = 30.0  # seconds; 15 are promised, and a busy machine is forgiven
POINTS = (
    "read nhip.dossiers", "before step", "before kpi_cell", "after kpi_cell", "after dossier",
    "before pipeline_progress", "kept nhip.dossiers", "after payment", "after service",
    "read nhip.requests", "before request", "after request",
)  # fmt: skip


@dataclass
class Stack:
    settings: Settings
    addresses: Addresses
    point: Path
    province: Province
    told: list[str]

    @property
    def died(self) -> Path:
        return self.point.with_suffix(".died")


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """What `nhip up` runs, with a worker that dies where it is told to."""
    data = tmp_path_factory.mktemp("points")
    settings, point, told = Settings.read(data=data, kafka=None, clickhouse=None), data / "point", list[str]()
    plan = planned(settings, Role.UP, ports.free(3), told.append)
    parts = [dying(part, point) if part.name == "worker" else part for part in plan.parts()]
    lock = os.open(data / "lock", os.O_CREAT | os.O_RDWR)
    keeper = Keeper(parts, data / "logs", lock, changed=lambda _: None, tell=told.append)
    keeper.start()
    try:
        yield Stack(settings, plan.addresses, point, Province(connect(plan.addresses.clickhouse)), told)
    finally:
        keeper.stop()
        os.close(lock)
    assert eventually(lambda: not using(data)), using(data)


def dying(part: Part, point: Path) -> Part:
    program = part.prepare()
    path = {**program.environment, "PYTHONPATH": str(ROOT)}
    command = (sys.executable, "-m", "tests.faults.dying_worker", str(point))
    return replace(part, prepare=lambda: replace(program, command=command, environment=path))


@pytest.mark.parametrize("point", POINTS)
def test_the_worker_dies_at_a_point_and_the_figures_move_again(stack: Stack, tmp_path: Path, point: str) -> None:
    year = next(YEARS)
    folder = simulated(tmp_path / "drop", 300, year)
    stack.died.unlink(missing_ok=True)
    stack.point.write_text(point)
    bring(folder, stack.settings, stack.addresses)
    seconds = time.time() - stack.died.stat().st_mtime
    print(f"\n{point}: everything is visible {seconds:.1f} s after the kill")  # noqa: T201
    assert seconds < BOUND
    stack.province.assert_exact_with(folder, year)

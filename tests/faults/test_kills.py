"""kill -9 of anything during a load into `nhip up`: nothing is lost, nothing counts twice, it goes on by itself."""

import random
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faults.province import files, simulated
from tests.faults.up import Up, another_worker, finished, readers
from tests.oracle import Oracle
from tests.support.processes import alive, eventually

pytestmark = pytest.mark.faults

NHIP = Path(sys.executable).with_name("nhip")
BOUND = 30.0  # seconds; 15 are promised, and a busy machine is forgiven
DOSSIERS = 3000
PATIENCE = 100


@pytest.fixture
def chance() -> random.Random:
    seed = time.time_ns()
    print(f"\nseed {seed}")  # noqa: T201
    return random.Random(seed)


def test_a_load_while_up_runs_and_the_same_folder_again(up: Up, tmp_path: Path) -> None:
    folder = simulated(tmp_path / "drop", DOSSIERS, 2017)
    first = up.load(folder)
    up.province.assert_exact_with(folder, 2017)
    second = up.load(folder)
    assert (first["accepted"], first["rejected"]) == (second["accepted"], second["rejected"])
    up.province.assert_exact_with(folder, 2017)


def test_the_worker_is_killed_at_random_moments(up: Up, tmp_path: Path, chance: random.Random) -> None:
    folder = simulated(tmp_path / "drop", DOSSIERS, 2018)
    with up.loading(folder) as load:
        for _ in range(2):
            time.sleep(chance.uniform(0, 0.3))
            pid = up.pid("worker")
            up.kill("worker")
            killed = time.monotonic()
            time.sleep(0.5)  # what it had sent to the store by then is still written
            before = up.written()
            assert eventually(lambda: up.written() > before or load.poll() is not None, within=BOUND)  # noqa: B023
            print(f"figures move {time.monotonic() - killed:.1f} s after the kill")  # noqa: T201
            assert not alive(pid)
        finished(load)
    up.province.assert_exact_with(folder, 2018)


@pytest.mark.parametrize(("part", "year"), [("store", 2019), ("broker", 2020)])
def test_a_neighbour_is_killed_during_a_load(
    up: Up, tmp_path: Path, chance: random.Random, part: str, year: int
) -> None:
    folder = simulated(tmp_path / "drop", DOSSIERS, year)
    with up.loading(folder) as load:
        time.sleep(chance.uniform(0, 0.3))
        up.kill(part)
        killed = time.monotonic()
        finished(load)
        print(f"{part}: all is visible {time.monotonic() - killed:.1f} s after the kill")  # noqa: T201
    up.province.assert_exact_with(folder, year)


def test_a_killed_load_is_continued_by_the_next(up: Up, tmp_path: Path, chance: random.Random) -> None:
    folder = simulated(tmp_path / "drop", 3 * DOSSIERS, 2021)
    for _ in range(2):
        with up.loading(folder) as load:
            time.sleep(chance.uniform(0, 0.8))
            load.kill()
    said = up.load(folder)
    assert said["accepted"] == Oracle(files(folder)).accepted
    up.province.assert_exact_with(folder, 2021)


def test_workers_join_and_leave_while_loads_go_on(up: Up, tmp_path: Path) -> None:
    """One is stopped for so long that it is taken for dead, and then goes on with what it had begun."""
    with ThreadPoolExecutor() as beside:
        coming_and_going = beside.submit(come_and_go, up, tmp_path)
        loaded = list[tuple[Path, int]]()
        while not coming_and_going.done() or not loaded:
            year = 2025 + len(loaded)
            loaded.append((simulated(tmp_path / str(year), 1500, year), year))
            up.load(loaded[-1][0])
        coming_and_going.result()
    for folder, _ in loaded:
        up.province.oracle.load(files(folder))
    for _, year in loaded:
        up.province.assert_exact(year)


def come_and_go(up: Up, folder: Path) -> None:
    with another_worker(up, folder) as worker:
        assert eventually(lambda: readers(up) == 2, within=BOUND)
        time.sleep(2)
        worker.send_signal(signal.SIGSTOP)
        assert eventually(lambda: readers(up) == 1, within=BOUND)
        worker.send_signal(signal.SIGCONT)
        assert eventually(lambda: readers(up) == 2, within=BOUND)
        time.sleep(2)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == 0
    with another_worker(up, folder):
        assert eventually(lambda: readers(up) == 2, within=BOUND)
        time.sleep(2)  # and killed

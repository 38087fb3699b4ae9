"""Files are written piece by piece into a followed folder while whoever follows it is killed again and again."""

import random
import subprocess
import time
from pathlib import Path

import pytest

from ingest.simulate.files import write
from tests.faults.province import files
from tests.faults.test_push import BOUND, behind
from tests.faults.up import NHIP, Up
from tests.support.processes import eventually

pytestmark = pytest.mark.faults

PIECES = 30


def test_a_folder_is_followed_through_kills(up: Up, tmp_path: Path) -> None:
    seed = time.time_ns()
    print(f"\nseed {seed}")  # noqa: T201
    chance = random.Random(seed)
    drop = tmp_path / "drop"
    drop.mkdir()
    write(tmp_path / "whole", 1500, seed=2015, year=2015)
    contents = files(tmp_path / "whole")
    for begun in range(3):
        with following(up, drop) as process:
            for piece in range(begun * PIECES // 3, (begun + 1) * PIECES // 3):
                for name, content in contents:
                    grow(drop / name, content, piece)
                time.sleep(chance.uniform(0, 0.5))
            process.kill()
    for name, content in contents:
        assert (drop / name).read_bytes() == content
    before = up.written()
    subprocess.run([NHIP, "ingest", "folder", drop, "--data", up.data], check=True, timeout=100)
    assert up.written() > before or behind(up) == 0
    assert eventually(lambda: behind(up) == 0, within=BOUND)
    up.province.assert_exact_with(tmp_path / "whole", 2015)


def following(up: Up, drop: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([NHIP, "ingest", "folder", drop, "--follow", "--data", up.data])


def grow(path: Path, content: bytes, piece: int) -> None:
    """Cut anywhere, in the middle of lines."""
    size = len(content)
    with path.open("ab") as file:
        file.write(content[piece * size // PIECES : (piece + 1) * size // PIECES])

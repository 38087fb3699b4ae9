"""Backup, destroy, restore and replay on the real stack: every figure is that of all that was loaded."""

import shutil
import subprocess
from pathlib import Path

import pytest

from dashboards.store import connect
from deploy.commands.load import load
from deploy.folder import Role
from deploy.settings import Settings
from deploy.stack import running
from tests.faults.province import Province, files, simulated
from tests.faults.up import NHIP, running_up

pytestmark = pytest.mark.faults
DOSSIERS = 150


def test_a_store_that_was_lost_comes_back_from_a_backup_and_from_kafka(tmp_path: Path) -> None:
    """One story, because each start takes seconds."""
    data, backup = tmp_path / "data", tmp_path / "backup"
    before, since, later = (simulated(tmp_path / str(year), DOSSIERS, year) for year in (2020, 2021, 2022))
    with running_up(data) as up:
        up.load(before)
        assert nhip("backup", backup, "--data", data) == 0
        up.load(since)
        assert nhip("restore", backup, "--force", "--data", data) == 1  # while workers run nobody restores
    shutil.rmtree(data / "store")
    assert nhip("restore", backup, "--data", data) == 0
    exact_after(later, data, before, since)
    assert nhip("replay", "--from", "kafka", "--data", data) == 0
    exact_after(later, data, before, since)
    shutil.rmtree(data / "kafka")
    assert nhip("restore", backup, "--force", "--data", data) == 0
    exact_after(since, data, before)


def nhip(*words: object) -> int:
    return subprocess.run([NHIP, *map(str, words)], check=False, timeout=120).returncode


def exact_after(folder: Path, data: Path, *others: Path) -> None:
    """What is loaded now, and what was loaded before and has to be there again."""
    settings = Settings.read(data=data, kafka=None, clickhouse=None)
    with running(settings, Role.LOAD, lambda _: None) as where:
        load(folder, settings, where, lambda _: None)
        province = Province(connect(where.clickhouse))
        for one in (*others, folder):
            province.oracle.load(files(one))
        for one in (*others, folder):
            province.assert_exact(int(one.name))

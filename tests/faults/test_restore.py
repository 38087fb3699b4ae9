"""Backup, destroy, restore and replay on a real broker and store: every figure is that of all that was loaded."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboards.store import connect
from deploy import cli
from deploy.folder import Role
from deploy.migrate import migrate
from deploy.parts import Addresses
from deploy.settings import Settings
from deploy.stack import running
from tests.faults.province import Province, bring, files, simulated
from tests.support.broker import running_broker
from tests.support.store import store

pytestmark = pytest.mark.faults
DOSSIERS = 150


def test_a_store_that_was_lost_comes_back_from_a_backup_and_from_kafka(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One story, because each start takes seconds."""
    here, backup = Here(tmp_path, monkeypatch), tmp_path / "backup"
    before, since, later = (simulated(tmp_path / str(year), DOSSIERS, year) for year in (2020, 2021, 2022))
    with here.broker("kafka"):
        with here.store(), here.working() as (settings, where):
            bring(before, settings, where)
            assert nhip("backup", backup) == cli.DONE
            bring(since, settings, where)
            assert nhip("restore", backup, "--force") == cli.MISUSED  # while workers run nobody restores
        shutil.rmtree(tmp_path / "store")
        with here.store():
            assert nhip("restore", backup) == cli.DONE
            here.exact_after(later, before, since)
            assert nhip("replay", "--from", "kafka") == cli.DONE
            here.exact_after(later, before, since)
    with here.broker("another kafka"), here.store():
        assert nhip("restore", backup, "--force") == cli.DONE
        here.exact_after(since, before)


def nhip(*words: object) -> int:
    return cli.main(list(map(str, words)))


@dataclass
class Here:
    """A Kafka and a store of our own, as an operator would configure them; both may go and come again."""

    folder: Path
    environment: pytest.MonkeyPatch

    @contextmanager
    def broker(self, name: str) -> Iterator[None]:
        with running_broker(self.folder / name) as address:
            self.environment.setenv("NHIP_KAFKA", address)
            yield

    @contextmanager
    def store(self) -> Iterator[None]:
        with store(self.folder) as kept:
            self.environment.setenv("NHIP_CLICKHOUSE", kept.url)
            migrate(kept.url)
            yield

    @contextmanager
    def working(self) -> Iterator[tuple[Settings, Addresses]]:
        """A worker runs."""
        settings = Settings.read(data=self.folder / "data")
        with running(settings, Role.LOAD, lambda _: None) as where:
            yield settings, where

    def exact_after(self, folder: Path, *others: Path) -> None:
        """What is loaded now, and what was loaded before and has to be there again."""
        with self.working() as (settings, where):
            bring(folder, settings, where)
            province = Province(connect(where.clickhouse))
            for one in (*others, folder):
                province.oracle.load(files(one))
            for one in (*others, folder):
                province.assert_exact(int(one.name))

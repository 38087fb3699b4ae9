"""Three brokers behind TLS, logins and access lists: one is killed, the others rolled, and the figures are exact."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from dashboards.pipeline import progress
from dashboards.store import connect
from deploy.migrate import migrate
from deploy.parts import GROUP, Addresses
from deploy.settings import Settings
from ingest.topics import log_ends, prepare
from ingest.workers import group_reads
from metrics.errors import Misconfigured, Unavailable
from metrics.events import Topic
from tests.faults.province import Province, bring, files, simulated
from tests.support.cluster import ThreeBrokers, entered, three_brokers
from tests.support.processes import eventually
from tests.support.store import store

pytestmark = pytest.mark.faults
PARTITIONS, DOSSIERS, BREATH = 4, 600, 3.0
COPIES = {"partitions": PARTITIONS, "kafka_replication": 3, "kafka_min_insync": 2}


def test_what_a_province_runs_survives_its_brokers(tmp_path: Path) -> None:
    """One story, because each start takes seconds."""
    with ThreadPoolExecutor() as beside, store(tmp_path) as kept, three_brokers(tmp_path / "kafka") as brokers:
        migrate(kept.url)
        settings = Settings.read(data=tmp_path, **brokers.secured("nhip-ingest", **COPIES))
        where = Addresses(settings.cluster(brokers.servers), kept.url)
        refuses_whoever_is_not_allowed(brokers)
        prepare(where.kafka, PARTITIONS, within=60)
        province = Province(connect(kept.url))
        with worker(brokers, kept.url, tmp_path):
            assert eventually(lambda: group_reads(entered(brokers.secured("nhip-look")), GROUP), within=60)
            trouble = beside.submit(lambda: (kill_one(brokers), roll_the_others(brokers)))
            drops = {year: bring_year(tmp_path, year, settings, where) for year in during(trouble)}
            trouble.result()
            for drop in drops.values():
                province.oracle.load(files(drop))
            for year in drops:
                province.assert_exact(year)
        everything_was_read(brokers, province)


def during(trouble: Future[Any]) -> Iterator[int]:
    """Years, at least one; with a breath between them, which the brokers need on a small machine."""
    yield 2020
    for year in count(2021):
        wait([trouble], timeout=BREATH)
        if trouble.done():
            return
        yield year


def bring_year(folder: Path, year: int, settings: Settings, where: Addresses) -> Path:
    drop = simulated(folder / str(year), DOSSIERS, year)
    bring(drop, settings, where)
    return drop


def refuses_whoever_is_not_allowed(brokers: ThreeBrokers) -> None:
    """By mutual TLS an administrator comes in; a login without the right makes nothing; a wrong password is told so."""
    assert "only 3 broker(s)" in prepared(brokers.mutually() | {"kafka_replication": 5})
    assert "Authorization failed" in prepared(brokers.secured("nhip-look"))
    wrong = brokers.secured("nhip-look", kafka_password="wrong")  # noqa: S106
    assert "NHIP_KAFKA_PROTOCOL, _CA, _USER and _PASSWORD" in prepared(wrong)
    assert "is it running?" in prepared({"kafka": brokers.servers})


def prepared(said: dict[str, Any]) -> str:
    try:
        prepare(entered(said), PARTITIONS, within=3)
    except (Misconfigured, Unavailable) as error:
        return str(error)
    return "ready"


@contextmanager
def worker(brokers: ThreeBrokers, url: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    said = brokers.secured("nhip-worker", clickhouse=url, data=folder / "worker", partitions=PARTITIONS)
    environment = {f"NHIP_{name.upper()}": str(value) for name, value in said.items()}
    with (
        (folder / "worker.log").open("ab") as log,
        subprocess.Popen(
            [sys.executable, "-P", "-m", "deploy.worker"], stdout=log, stderr=log, env={**os.environ, **environment}
        ) as running,
    ):
        try:
            yield running
        finally:
            running.kill()


def kill_one(brokers: ThreeBrokers) -> None:
    os.killpg(brokers.children[0].pid, signal.SIGKILL)
    brokers.children[0].process.wait()
    brokers.start(0)


def roll_the_others(brokers: ThreeBrokers) -> None:
    """Politely, one after the other, each only once the one before is in step again."""
    for n in (1, 2):
        brokers.children[n].stop(grace=20)
        brokers.start(n)
        assert eventually(lambda: in_step(brokers), within=60)


def in_step(brokers: ThreeBrokers) -> bool:
    return brokers.copies_in_step([topic.value for topic in Topic]) == 3


def everything_was_read(brokers: ThreeBrokers, province: Province) -> None:
    places = [(topic.value, partition) for topic in Topic for partition in range(PARTITIONS)]
    ends = log_ends(entered(brokers.secured("nhip-look")), places, within=30)
    written = {(p.stream, p.partition): p.next_offset for p in progress(province.client)}
    assert {place: end for place, end in ends.items() if end} == written

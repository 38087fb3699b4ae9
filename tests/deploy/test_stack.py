"""The real stack: broker, store and worker."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy import ports
from deploy.folder import DataFolder, Role
from deploy.health import answers
from deploy.migrate import connect, migrate, migrations, statements
from deploy.parts import GROUP, USUAL_PORTS
from deploy.settings import Settings
from deploy.stack import running
from metrics.catalogue import HEADLINE
from metrics.errors import Unavailable
from streams import app
from tests.support.processes import alive, eventually, using, waits

pytestmark = pytest.mark.stack
NHIP = Path(sys.executable).with_name("nhip")


def nhip(*words, **rest):
    return subprocess.run([NHIP, *words], capture_output=True, text=True, check=False, timeout=120, **rest)


@contextmanager
def nhip_up(data):
    """`nhip up` on that folder, ready; killed at the end if the test has not stopped it."""
    with (
        (data.parent / f"{data.name}.err").open("w") as err,
        subprocess.Popen([NHIP, "up", "--data", data], stderr=err) as up,
    ):
        try:
            assert eventually(lambda: up.poll() is not None or is_ready(data), within=60)
            assert is_ready(data), Path(err.name).read_text()
            yield up
        finally:
            up.kill()


def is_ready(data):
    state = DataFolder(data).state()
    return state is not None and state.ready


def pids(data):
    return json.loads((data / "stack.json").read_text())["pids"]


def test_up_from_start_to_stop(tmp_path):
    """One story, because each start takes seconds: join, refuse, mend, stop."""
    data = tmp_path / "data"
    with nhip_up(data) as up:
        assert set(pids(data)) == {"broker", "store", "board", "worker", "alerts", "ingest"}
        assert {path.stem for path in (data / "logs").iterdir()} == set(pids(data))

        second = nhip("up", "--data", data)
        assert (second.returncode, "already runs on" in second.stderr) == (1, True)

        reading = nhip("--data", data, "kpi", "--period", "2026", "--json")
        assert (reading.returncode, reading.stderr) == (0, "")
        assert {row["kpi"] for row in json.loads(reading.stdout)} >= {each.id for each in HEADLINE}

        before = pids(data)
        for name in before:
            os.kill(before[name], signal.SIGKILL)
        assert eventually(lambda: not set(pids(data).values()) & set(before.values()), within=20)
        assert eventually(lambda: nhip("dead", "--json", "--data", data).stdout == "[]\n", within=30)

        started = time.monotonic()
        up.send_signal(signal.SIGTERM)
        assert up.wait(30) == 0
        assert time.monotonic() - started < 60  # how quick it is stands in docs/bench.md
    assert using(data) == {}
    assert not (data / "stack.json").exists()


def test_nothing_is_left_when_the_supervisor_is_killed_and_the_next_start_is_quick(tmp_path):
    data = tmp_path / "data"
    with nhip_up(data) as up:
        children = pids(data)
        up.kill()
    assert eventually(lambda: not any(alive(pid) for pid in children.values()), within=5)
    assert eventually(lambda: using(data) == {}, within=5)
    started = time.monotonic()
    with nhip_up(data) as up:
        assert time.monotonic() - started < 60  # how quick it is stands in docs/bench.md
        assert eventually(lambda: "Ctrl-C stops it" in Path(f"{data}.err").read_text())
        assert eventually(lambda: waits(up.pid))  # only what waits can fail to hear
        up.send_signal(signal.SIGINT)
        assert up.wait(30) == 0


def test_two_stacks_run_side_by_side_and_stop_apart(tmp_path):
    with nhip_up(tmp_path / "one") as one, nhip_up(tmp_path / "two"):
        first, second = DataFolder(tmp_path / "one").state(), DataFolder(tmp_path / "two").state()
        assert first.kafka != second.kafka
        one.send_signal(signal.SIGTERM)
        assert one.wait(30) == 0
        assert all(alive(pid) for pid in second.pids.values())
        assert nhip("kpi", "--period", "2026", "--data", tmp_path / "two").returncode == 0


@contextmanager
def store_only(data, tell=lambda _: None):
    with running(Settings.read(data=data), Role.READER, tell) as where:
        yield where


def test_a_reader_starts_the_store_alone(tmp_path):
    with store_only(tmp_path) as where:
        assert set(pids(tmp_path)) == {"store"}
        client = connect(where.clickhouse)
        assert client.query("SELECT count() FROM dossier").result_rows == [(0,)]
        client.close()
        assert where.clickhouse.split(":")[2].split("@")[0] not in repr(where)
    assert using(tmp_path) == {}


def test_a_taken_port_is_avoided(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.MonkeyPatch.context() as patch:
        port = taken.getsockname()[1]
        patch.setattr("deploy.stack.USUAL_PORTS", (*USUAL_PORTS[:2], port))
        with store_only(tmp_path) as where:
            assert not where.clickhouse.endswith(f":{port}/nhip")


def test_a_port_that_is_taken_at_the_last_moment_costs_a_second_try(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.MonkeyPatch.context() as patch:
        port = taken.getsockname()[1]
        patch.setattr("deploy.stack.ports.choose", lambda _: [1, 2, port])
        with store_only(tmp_path) as where:
            assert not where.clickhouse.endswith(f":{port}/nhip")


def test_migrations_are_applied_once_and_recorded(tmp_path):
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_first.sql").write_text("-- why; and how\nCREATE TABLE a (x String) ENGINE = Memory;\n")
    with store_only(tmp_path / "data") as where:
        url = where.clickhouse.removesuffix("/nhip") + "/another"
        assert [one.name for one in migrate(url, folder)] == ["first"]
        (folder / "0002_more.sql").write_text("CREATE TABLE b (x String) ENGINE = Memory;\nINSERT INTO b VALUES (';');")
        assert [one.number for one in migrate(url, folder)] == [2]
        assert migrate(url, folder) == []
        client = connect(url)
        assert client.query("SELECT number, name FROM schema_migration ORDER BY number").result_rows == [
            (1, "first"),
            (2, "more"),
        ]
        assert client.query("SELECT x FROM b").result_rows == [(";",)]
        client.close()


def test_nothing_at_the_configured_address_is_said_clearly():
    with pytest.raises(Unavailable, match=r"ClickHouse at 127\.0\.0\.1"):
        migrate("http://nhip:s3cr3t@127.0.0.1:1/nhip")


def test_every_migration_has_statements():
    assert all(one.statements for one in migrations())
    assert [one.number for one in migrations()] == list(range(1, len(migrations()) + 1))


def test_a_statement_ends_with_a_semicolon_at_the_end_of_a_line():
    assert list(statements("A 'x;y'\n B;\n-- C;\nD ;  \n\n;\nE")) == ["A 'x;y'\n B", "D", "E"]


def test_a_missing_kafka_is_said_clearly(tmp_path):
    done = nhip("load", str(tmp_path), "--data", tmp_path / "data", env={**os.environ, "NHIP_KAFKA": "127.0.0.1:1"})
    assert done.returncode == 1
    assert "no Kafka answers at 127.0.0.1:1" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_group_that_is_watched_is_the_workers():
    assert app.GROUP == GROUP


def test_a_board_that_hangs_is_started_again(tmp_path, monkeypatch):
    monkeypatch.setattr("deploy.health.PATIENCE", 1.0)
    monkeypatch.setattr("deploy.health.EVERY", 0.2)
    said, board = [], f"127.0.0.1:{ports.free(1)[0]}"
    with running(Settings.read(data=tmp_path / "data", board=board), Role.UP, said.append):
        hanging = pids(tmp_path / "data")["board"]
        os.kill(hanging, signal.SIGSTOP)
        assert eventually(lambda: pids(tmp_path / "data")["board"] != hanging, within=30)
        monkeypatch.setattr("deploy.health.PATIENCE", 60.0)  # the new one needs some seconds to begin
        assert eventually(lambda: answers(board), within=30)
    assert "the board does not answer; starting it again" in said
    assert not alive(hanging)

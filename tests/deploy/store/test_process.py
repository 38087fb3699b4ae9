"""The process: what survives a kill, who may open a folder, how it stops, and who waits for whom."""

import contextlib
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import clickhouse_connect
import pytest
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import DatabaseError, OperationalError

from tests.support.store import RunningStore, free_port, launch, start, store

SLOW = "SELECT sum(cityHash64(number, number)) FROM numbers(20000000000)"


def connect(running: RunningStore) -> Client:
    return clickhouse_connect.get_client(dsn=running.url, compress=False)


def insert_until_killed(client: Client) -> int:
    """How many inserts were answered for before the store was gone."""
    answered = 0
    while True:
        try:
            client.raw_insert(
                "kept", insert_block=b"".join(b"%d\n" % (answered * 1000 + n) for n in range(1000)), fmt="TSV"
            )
        except (OperationalError, OSError, DatabaseError):
            return answered
        answered += 1


def test_what_was_answered_for_survives_a_kill(tmp_path: Path) -> None:
    running = start(tmp_path)
    with connect(running) as client:
        client.command("CREATE TABLE kept (n UInt64) ENGINE = MergeTree ORDER BY n")
        threading.Timer(0.7, running.process.kill).start()
        answered = insert_until_killed(client)
    running.process.wait()
    assert answered > 0
    with store(tmp_path) as again, connect(again) as client:
        rows, different, highest = client.query("SELECT count(), uniqExact(n), max(n) FROM kept").result_rows[0]
        # The insert under way at the kill may be there as well, and then whole.
        assert (rows, different, highest) in [(n * 1000, n * 1000, n * 1000 - 1) for n in (answered, answered + 1)]


def test_one_folder_has_one_store(running: RunningStore, tmp_path: Path) -> None:
    (tmp_path / "store").symlink_to(running.log.parent / "store")
    second = launch(tmp_path)
    assert second.process.wait(20) == 2
    assert "is in use by another store" in second.log.read_text()


@pytest.mark.parametrize("login", ["", "writer", "writer:"])
def test_both_logins_must_be_given(tmp_path: Path, login: str) -> None:
    command = [sys.executable, "-m", "deploy.store", "--data", str(tmp_path), "--port", str(free_port())]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={"NHIP_STORE_WRITER": login, "NHIP_STORE_READER": "r:s"},
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "set NHIP_STORE_WRITER to user:password" in done.stderr


def test_a_taken_port_is_a_clear_error(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [sys.executable, "-m", "deploy.store", "--data", str(tmp_path), "--port", str(taken.getsockname()[1])]
        env = {"NHIP_STORE_WRITER": "w:s", "NHIP_STORE_READER": "r:s"}
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30, env=env)
    assert done.returncode != 0
    assert "address already in use" in done.stderr


def ask_in_vain(client: Client) -> None:
    with contextlib.suppress(OperationalError, DatabaseError, OSError):
        client.command(SLOW)


def test_it_stops_within_seconds_whatever_runs(tmp_path: Path) -> None:
    with store(tmp_path) as running, connect(running) as client:
        asking = threading.Thread(target=ask_in_vain, args=(client,))
        asking.start()
        time.sleep(0.3)
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(8) == 0
        asking.join()


def test_a_long_question_holds_up_nobody(tmp_path: Path) -> None:
    """Neither the login it came with nor the other one."""
    with store(tmp_path) as running, connect(running) as client, connect(running) as other:
        client.command("CREATE TABLE t (n UInt64) ENGINE = MergeTree ORDER BY n")
        reader = clickhouse_connect.get_client(dsn=running.reader_url, compress=False)
        asking = [threading.Thread(target=ask_in_vain, args=(one,)) for one in (reader, client)]
        for thread in asking:
            thread.start()
        time.sleep(0.3)
        began = time.monotonic()
        for n in range(10):
            other.raw_insert("t", insert_block=b"%d\n" % n, fmt="TSV")
        assert time.monotonic() - began < 3
        assert all(thread.is_alive() for thread in asking), "the long questions were too short to prove anything"
        running.process.terminate()
        for thread in asking:
            thread.join()
        reader.close()

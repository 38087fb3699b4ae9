"""The board as a process: where it listens, as whom it reads, whom it lets in, how it ends."""

import json
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from deploy import ports
from deploy.board import as_reader
from metrics.catalogue import USUAL
from tests.support.store import free_port

NHIP = Path(sys.executable).with_name("nhip")


def test_a_free_address_is_kept_and_a_taken_one_moves_to_another_port():
    free = f"127.0.0.1:{free_port()}"
    assert ports.nearest(free) == free
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        host, _, port = ports.nearest(address).rpartition(":")
        assert (host, f"{host}:{port}" != address) == ("127.0.0.1", True)


def test_ipv6_keeps_its_brackets():
    assert ports.nearest("[::1]:0").startswith("[::1]:")


def test_the_reader_takes_the_writers_place():
    assert as_reader("http://w:secret@h:8123/nhip", "r:other") == "http://r:other@h:8123/nhip"


@contextmanager
def nhip_board(tmp_path, **environment):
    """`nhip board` on an empty folder; its complaints are in `tmp_path/err`."""
    with (tmp_path / "err").open("w") as err:
        board = subprocess.Popen(
            [NHIP, "board", "--data", tmp_path / "data"], stderr=err, env={"PATH": "/usr/bin:/bin", **environment}
        )
    try:
        yield board, (tmp_path / "err").read_text
    finally:
        board.kill()
        board.wait()


def answer(url):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(URLError, ConnectionError), urlopen(url, timeout=5) as reply:  # noqa: S310
            return json.load(reply)
        time.sleep(0.1)
    raise AssertionError(url)


@pytest.mark.stack
def test_the_board_alone_shows_the_folders_store_until_it_is_stopped(tmp_path):
    address = f"127.0.0.1:{free_port()}"
    with nhip_board(tmp_path, NHIP_BOARD=address) as (board, said):
        health = answer(f"http://{address}/healthz")
        assert [part["name"] for part in health["parts"]] == ["store"]
        assert health["moves"]
        listed = {row["kpi"] for row in answer(f"http://{address}/api/v1/kpi?period=2026")}
        assert {each.id for each in USUAL} == listed
        assert f"board on http://{address}" in said()
        board.send_signal(signal.SIGTERM)
        assert board.wait(20) == 0
    assert said().endswith("nhip: stopped\n")


@pytest.mark.stack
def test_open_to_other_machines_it_does_not_start_without_login(tmp_path):
    with nhip_board(tmp_path, NHIP_BOARD=f"0.0.0.0:{free_port()}") as (board, said):
        assert board.wait(60) == 2
    assert "NHIP_PUBLIC_URL" in said()


@pytest.mark.stack
def test_where_login_is_asked_for_somebody_must_be_able_to(tmp_path):
    with nhip_board(tmp_path, NHIP_LOGIN="true", NHIP_BOARD=f"127.0.0.1:{free_port()}") as (board, said):
        assert board.wait(60) == 2
    assert "nhip user add" in said()
    assert "board on" not in said()


def test_a_store_that_is_away_where_login_is_asked_for_is_one_line_and_no_trace(tmp_path):
    nowhere = f"http://writer:secret@127.0.0.1:{free_port()}/nhip"
    environment = {
        "PATH": "/usr/bin:/bin",
        "NHIP_CLICKHOUSE": nowhere,
        "NHIP_LOGIN": "true",
        "NHIP_BOARD": f"127.0.0.1:{free_port()}",
        "NHIP_DATA": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-m", "deploy.board"], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1].startswith("nhip: the store does not answer")
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr

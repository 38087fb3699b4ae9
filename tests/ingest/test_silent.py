"""Whoever takes a connection and then says nothing is away: adapters give up in time, and say so."""

import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest import consumer as topics
from ingest.consumer import consumer
from ingest.follow import sftp
from ingest.follow.login import login
from ingest.follow.sftp import SftpShelf
from metrics.errors import Unavailable


@pytest.fixture
def silent() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:
        yield listening.getsockname()[1]


def over_sftp(port: int, folder: Path) -> None:
    place = f"sftp://who@127.0.0.1:{port}/drop"
    SftpShelf(place, login(place, folder / "known_hosts", "", "")).files()


def over_kafka(port: int, _: Path) -> None:
    with consumer(f"127.0.0.1:{port}"):
        pass


@pytest.mark.parametrize("ask", [over_sftp, over_kafka])
def test_who_is_silent_is_away(
    silent: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ask: Callable[[int, Path], None]
) -> None:
    monkeypatch.setattr(sftp, "WITHIN", 0.3)
    monkeypatch.setattr(topics, "CONNECT_MS", 300)
    (tmp_path / "known_hosts").write_text("")
    began = time.monotonic()
    with pytest.raises(Unavailable):
        ask(silent, tmp_path)
    assert time.monotonic() - began < 10

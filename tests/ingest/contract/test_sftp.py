"""A folder over SFTP keeps the contract of every source, on a real server."""

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import pytest

from ingest.border import Border
from ingest.follow import sftp
from ingest.follow.folder import FollowedFolder, Plan
from ingest.follow.login import login
from ingest.follow.place import PLACES
from ingest.follow.sftp import SftpShelf
from ingest.kept import Kept
from ingest.sink import Sink
from ingest.source import pour
from metrics.errors import Misconfigured, Unavailable
from tests.ingest.contract.suite import SourceContract, fine
from tests.ingest.contract.test_folder import Folder
from tests.ingest.support import STEP, MemorySink, lines
from tests.support.sftp import PASSWORD, USER, SftpServer


class Far(Folder):
    """The same folder, seen through a server."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        super().__init__(folder, plan)
        self.server = SftpServer(folder)
        self.server.start()
        self.known_hosts = self.server.known_hosts(folder / "known_hosts")
        self.url = f"sftp://{USER}@127.0.0.1:{self.server.port}/drop"
        self.told: list[str] = []
        self._shelves: list[SftpShelf] = []
        self._writes = 0

    def shelf(self, password: str = PASSWORD) -> SftpShelf:
        self._shelves.append(SftpShelf(self.url, login(self.url, self.known_hosts, password, "")))
        return self._shelves[-1]

    def source(self, sink: Sink) -> FollowedFolder:
        kept = Kept(self._places, self.url, sink.identity, PLACES)
        return FollowedFolder(self.shelf(), kept, Border(), self._plan, lambda: 0.0, self.told.append)

    def leap(self, path: Path) -> None:
        """A second later each time: this is as fine as these servers tell."""
        self._writes += 1
        at = path.stat().st_mtime + self._seconds + self._writes
        os.utime(path, (at, at))

    def away(self) -> None:
        self.server.stop()

    def back(self) -> None:
        self.server.start()

    def close(self) -> None:
        for shelf in self._shelves:
            shelf.close()
        self.server.close()


class TestSftp(SourceContract):
    examples = 5

    def delivery(self, folder: Path) -> Far:
        return Far(folder, Plan())


@pytest.fixture
def far(tmp_path: Path) -> Iterator[Far]:
    made = Far(tmp_path, Plan(quiet=0.0, archive="/archive"))
    yield made
    made.close()


def test_a_stranger_is_not_trusted(far: Far) -> None:
    far.known_hosts.write_text("")
    with pytest.raises(Misconfigured, match="its key is not known"):
        far.shelf().files()
    far.known_hosts.unlink()
    with pytest.raises(Misconfigured, match="its key is not known"):
        far.shelf().files()


def test_another_key_than_the_known_one_is_not_trusted(far: Far) -> None:
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()
    far.known_hosts.write_text(f"[127.0.0.1]:{far.server.port} {other}")
    with pytest.raises(Misconfigured, match="its key is another one"):
        far.shelf().files()


def test_a_wrong_password_is_said_and_shown_nowhere(far: Far) -> None:
    with pytest.raises(Misconfigured, match="refuses the login") as why:
        far.shelf("wrong-secret").files()
    assert "secret" not in str(why.value) + repr(login(far.url, far.known_hosts, "wrong-secret", ""))


@pytest.mark.parametrize(
    "url", ["sftp://host/path", "sftp://user@host", "sftp://user:secret@host/path", "sftp://", "file:///x"]
)
def test_an_address_that_is_none_is_refused_and_not_quoted(url: str) -> None:
    with pytest.raises(Misconfigured) as why:
        login(url, Path("known_hosts"), "", "")
    assert "secret" not in str(why.value)


def test_large_and_packed_files_come_whole_and_are_archived(far: Far) -> None:
    content = lines(*(STEP | {"MaHoSo": f"H07-{number:05}"} for number in range(20_000)))
    (far.drop / "progress.jsonl").write_bytes(content)
    (far.drop / "progress-2.jsonl.gz").write_bytes(gzip.compress(content.replace(b"H07-", b"H08-")))
    sink = MemorySink()
    while pour(far.source(sink), sink):
        pass
    assert len({event["dossier"] for event in sink.events("step")}) == 40_000
    assert list(far.drop.iterdir()) == []
    assert (far.drop.parent / "archive" / "progress.jsonl").read_bytes() == content


def test_a_server_that_goes_away_in_the_middle_is_waited_for(far: Far, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sftp, "BUFFER", 1 << 15)
    far.deliver(fine())
    sink = MemorySink()
    source = far.source(sink)
    look = source.look()
    next(look).acknowledged()
    far.away()
    with pytest.raises(Unavailable):
        list(look)
    far.back()
    assert pour(far.source(sink), sink)
    assert {event["kind"] for event in sink.events()} == {"service", "dossier", "step", "payment"}

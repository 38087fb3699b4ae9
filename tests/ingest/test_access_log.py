"""A web server's log as a source: through rotations and breaks each request counts once, however it is written."""

import gzip
import json
import os
import shutil
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deploy.sources.access_log import problems
from deploy.usage import parser
from ingest.access.reading import AccessReader
from ingest.border import Border
from ingest.follow import forms
from ingest.follow.folder import QUIET, FollowedFolder, Plan
from ingest.follow.logs import LogShelf
from ingest.follow.place import PLACES
from ingest.kept import Kept
from ingest.kinds import ACCESS
from ingest.source import pour
from metrics.errors import Rejected, Unavailable
from metrics.histogram import bucket
from metrics.request import BUCKET_AT, BUCKET_BITS, SECOND_AT
from tests.access_lines import line
from tests.ingest.support import MemorySink

START = datetime(2022, 1, 1, 6, 59, 30, tzinfo=timezone(timedelta(hours=7)))
W3C_HEAD = (
    b"#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: 2022-01-01 00:00:00\r\n"
    b"#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer)"
    b" sc-status sc-substatus sc-win32-status time-taken\r\n"
)


def nth(number):
    """No two of these look alike."""
    return line(f"{START + timedelta(seconds=number):%d/%b/%Y:%H:%M:%S %z}", "GET / HTTP/1.1", "200", "Mozilla/5.0", "")


class Server:
    """Writes a log and rotates it, as logrotate does; `look` follows it."""

    def __init__(self, folder):
        self.folder, self.log, self.written, self.now = folder, folder / "access.log", 0, 0.0
        self.sink, self.accepted = MemorySink(), 0
        self.log.touch()
        self.restart()

    def restart(self):
        kept = Kept(self.folder / "places", "log", self.sink.identity, PLACES)
        plan, self.border = Plan(kind=lambda _: ACCESS), Border()
        self.source = FollowedFolder(LogShelf(self.log), kept, self.border, plan, lambda: self.now, pytest.fail)

    def look(self, later=0.0):
        self.now += later
        pour(self.source, self.sink)

    def break_off(self):
        self.sink.left, self.sink.half = 0, 1
        try:
            self.look()
        except Unavailable:
            self.restart()
        self.sink.left = None

    def write(self, half=0):
        with self.log.open("ab") as file:
            file.write(nth(self.written)[half or None :] + b"\n" + nth(self.written + 1) + b"\n")
        self.written += 2

    def write_half(self):
        with self.log.open("ab") as file:
            file.write(nth(self.written)[:50])
        self.look()
        self.write(half=50)

    def stop_and_rename(self):
        """Its last request has no end of line: the server was stopped, or the disk full."""
        self.stop()
        self.rename()

    def stop_and_copy(self):
        self.stop()
        self.copy_and_truncate()

    def stop(self):
        with self.log.open("ab") as file:
            file.write(nth(self.written))
        self.written += 1

    def shift(self):
        for old in sorted(self.folder.glob("access.log.*"), key=lambda path: -int(path.name.split(".")[2])):
            _, _, number, *packed = old.name.split(".")
            old.rename(self.folder / ".".join(["access.log", str(int(number) + 1), *packed]))

    def rename(self):
        self.shift()
        self.log.rename(self.folder / "access.log.1")
        self.log.touch()

    def write_to_the_renamed(self):
        """Until it is told to open its log anew."""
        self.shift()
        renamed = self.log.rename(self.folder / "access.log.1")
        self.look()
        self.log, fresh = renamed, self.log
        self.write()
        self.log = fresh
        self.log.touch()

    def copy_and_truncate(self):
        self.shift()
        shutil.copyfile(self.log, self.folder / "access.log.1")
        self.log.write_bytes(b"")

    def pack(self):
        for old in self.folder.glob("access.log.[0-9]"):
            old.with_name(f"{old.name}.gz").write_bytes(gzip.compress(old.read_bytes()))
            old.unlink()

    def go_on(self):
        """Later than all that was written before, however fast the test is."""
        self.write()
        after = self.log.stat().st_mtime_ns + 10**9
        os.utime(self.log, ns=(after, after))

    @property
    def counted(self):
        self.look()
        self.look(later=QUIET)
        assert self.sink.events("dead") == []
        return counted(self.sink)


def counted(sink):
    return len({(event["at"], number) for event in sink.events("requests") for number in event["numbers"].split()})


DEEDS = (
    "write", "write", "write_half", "look", "look", "restart", "break_off", "rename", "write_to_the_renamed",
    "copy_and_truncate", "pack", "stop_and_rename", "stop_and_copy",
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.sampled_from(DEEDS), max_size=20))
def test_through_every_rotation_and_break_each_request_counts_once(deeds):
    with TemporaryDirectory() as folder:
        server = Server(Path(folder))
        for deed in deeds:
            getattr(server, deed)()
        server.go_on()
        assert server.counted == server.written


@pytest.fixture
def server(tmp_path):
    return Server(tmp_path)


def test_a_renamed_log_is_read_on_and_not_again(server):
    server.write()
    server.look()
    server.write()
    server.rename()
    server.write()
    server.look()
    assert server.border.accepted["access"] == server.written == 6
    server.restart()
    server.rename()
    server.look()
    assert server.border.accepted["access"] == 0


@pytest.mark.parametrize("name", ["access.log.1", "access-20260101.log"])
def test_the_last_request_of_a_log_that_was_left_counts_once_its_writer_went_on(server, name):
    server.stop()
    server.log.rename(server.folder / name)
    server.log.touch()
    server.look(later=QUIET)
    server.look(later=QUIET)
    assert counted(server.sink) == 0  # whoever writes may still have the old file open
    server.go_on()
    assert server.counted == server.written == 3
    server.restart()
    assert server.counted == 3
    assert server.border.accepted["access"] == 0


def test_half_a_request_of_the_log_that_is_written_to_waits_whatever_lies_beside_it(server):
    server.write()
    server.rename()
    with server.log.open("wb") as file:
        file.write(nth(server.written)[:50])
    os.utime(server.folder / "access.log.1", (1, 1))
    for _ in range(3):
        server.look(later=QUIET)
    server.write(half=50)
    assert server.counted == server.written == 4


def test_half_a_request_of_a_log_that_was_left_is_a_dead_letter(server):
    with server.log.open("wb") as file:
        file.write(nth(0)[:50])
    server.rename()
    server.go_on()
    server.look()
    server.look(later=QUIET)
    (letter,) = server.sink.events("dead")
    assert letter["source"].endswith("access.log.1")
    assert counted(server.sink) == server.written == 2


def test_what_a_truncated_log_held_is_read_from_its_copy(server):
    server.write()
    server.look()
    server.write()
    server.copy_and_truncate()
    server.write()
    assert server.counted == server.written == 6


def test_a_gz_that_broke_off_in_the_middle_counts_requests_alike(server, monkeypatch):
    monkeypatch.setattr(forms, "ROWS", 2)
    alike = line("01/Jan/2022:00:00:00 +0700", "GET / HTTP/1.1", "200", "Mozilla/5.0", "") + b"\n"
    (server.folder / "access.log.1.gz").write_bytes(gzip.compress(alike * 5))
    server.look()
    server.sink.left = 1
    with pytest.raises(Unavailable):
        server.look(later=QUIET)
    server.sink.left = None
    server.restart()
    assert server.counted == 5


def test_only_the_log_and_what_it_was_rotated_to_is_read(tmp_path):
    ours = [
        "access.log", "access.log.1", "access.log-20261129", "access.log.2.gz", "access-20261129.log", "access_log.1",
        "ssl-access.log", "portal.access.log.3.gz", "access.json", "u_ex261129.log", "u_ex261129_x.log",
    ]  # fmt: skip
    for name in (*ours, "error.log", "access.log.swp", "access.log.1.bz2", "u_ex.txt"):
        (tmp_path / name).touch()
    assert sorted(LogShelf(tmp_path).files()) == sorted(ours)
    assert sorted(LogShelf(tmp_path / "access.log").files()) == sorted(ours[:5])


@pytest.mark.parametrize(
    ("given", "names"),
    [([], "PLACE"), (["/none"], "/none"), (["{}"], "called like"), (["{}/x", "--map", "a.toml"], "--map")],
)
def test_what_is_wrong_with_a_place_is_said(tmp_path, given, names):
    (tmp_path / "x").touch()
    wrong = list(problems(parser().parse_args(["ingest", "access-log", *(part.format(tmp_path) for part in given)])))
    assert len(wrong) == 1
    assert names in wrong[0]


Asked = tuple[int, str, str, str, int]
asked = st.tuples(
    st.integers(0, 120),
    st.sampled_from(["/", "/thu-tuc/1.002835.H07?x=1", "/nop-ho-so", "/a%20b.css", "/tra-cuu?ma=CANARY"]),
    st.sampled_from(["200", "404", "503"]),
    st.sampled_from(["Mozilla/5.0 (X11)", "Googlebot/2.1"]),
    st.integers(0, 90_000),
)


def combined(second, path, status, agent, taken):
    at = f"{START + timedelta(seconds=second):%d/%b/%Y:%H:%M:%S %z}"
    return line(at, f"GET {path} HTTP/1.1", status, agent, f" {taken / 1000:.3f}")


def w3c(second, path, status, agent, taken):
    at = f"{(START + timedelta(seconds=second)).astimezone(UTC):%Y-%m-%d %H:%M:%S}"
    stem, _, query = path.partition("?")
    agent = agent.replace(" ", "+")
    return f"{at} 10.0.0.1 GET {stem} {query or '-'} 443 - 203.0.113.7 {agent} - {status} 0 0 {taken}\r".encode()


def nginx_json(second, path, status, agent, taken):
    said = {
        "time_iso8601": f"{START + timedelta(seconds=second):%Y-%m-%dT%H:%M:%S+07:00}", "remote_addr": "203.0.113.7",
        "request": f"GET {path} HTTP/1.1", "status": status, "http_user_agent": agent,
        "request_time": f"{taken / 1000:.3f}", "http_referer": "http://CANARY/",
    }  # fmt: skip
    return json.dumps(said).encode()


def known(lines):
    """All that is kept of each request but the mark, which differs by format, and no rejected line."""
    reader = AccessReader()
    for each in lines:
        assert reader.read(each) is None
    events = [json.loads(event) for _, event in reader.rest()]
    assert "CANARY" not in str(events)
    return sorted(
        (event["at"], event["page"], event["procedure"], int(number) >> SECOND_AT)
        for event in events
        for number in event["numbers"].split()
    )


@given(st.lists(asked, max_size=12, unique_by=lambda one: one[0]))
def test_the_same_requests_are_the_same_in_every_format(requests):
    expected = known(combined(*one) for one in requests)
    assert len(expected) == len(requests)
    assert known([*W3C_HEAD.split(b"\n")[:-1], *(w3c(*one) for one in requests)]) == expected
    assert known(nginx_json(*one) for one in requests) == expected


def test_requests_alike_in_w3c_each_count_also_when_read_on(server):
    server.log.write_bytes(W3C_HEAD + w3c(0, "/", "200", "curl", 3) + b"\n")
    server.look()
    server.restart()
    with server.log.open("ab") as file:
        file.write(w3c(0, "/", "200", "curl", 3) + b"\n")
    assert server.counted == 2
    ((number, *_), *_) = [event["numbers"].split() for event in server.sink.events("requests")]
    assert int(number) >> BUCKET_AT & (1 << BUCKET_BITS) - 1 == bucket(3)


GOOD_W3C, GOOD_JSON = w3c(0, "/", "200", "x", 1), nginx_json(0, "/", "200", "x", 1)


@pytest.mark.parametrize(
    "bad",
    [
        GOOD_W3C.replace(b" 443", b""), GOOD_W3C.replace(b"-31 ", b"-32 ", 1), GOOD_W3C.replace(b"200", b"2x0"),
        GOOD_W3C.replace(b" 1\r", b" 1s\r"), GOOD_W3C.replace(b" 1\r", b" 999999999999\r"), b"#Fields: date time",
        b"#CANARY", b"#Fields: " + W3C_HEAD.split(b"#Fields: ")[1] + b"date", GOOD_JSON[:-1], b"{}", b"{" * 70_000,
        GOOD_JSON.replace(b"+07:00", b""), GOOD_JSON.replace(b"200", b"-1"), GOOD_JSON.replace(b"0.001", b"1e99"),
        GOOD_JSON.replace(b"2022", b"0000"), GOOD_JSON.replace(b"203.0.113.7", b""), GOOD_JSON.replace(b"0.001", b"x"),
    ],
    ids=lambda bad: repr(bad[:30]),
)  # fmt: skip
def test_a_line_that_is_none_is_rejected_and_not_quoted(bad):
    reader = AccessReader()
    for each in W3C_HEAD.splitlines():
        reader.read(each)
    with pytest.raises(Rejected) as reason:
        reader.read(bad)
    assert "CANARY" not in str(reason.value)
    assert list(reader.rest()) == []


@given(st.binary(max_size=200))
def test_any_bytes_are_a_request_or_rejected(junk):
    reader = AccessReader()
    for each in (*W3C_HEAD.splitlines(), junk, GOOD_W3C.replace(b"/", junk, 1), GOOD_JSON.replace(b"GET /", junk, 1)):
        reader.skip(each)

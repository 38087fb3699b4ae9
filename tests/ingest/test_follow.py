"""Files that come, grow, break off, are delivered again, corrected, archived; and a place that outlives a kill."""

import gzip
import os

import pytest

from ingest.border import Border
from ingest.follow import tail
from ingest.follow.folder import QUIET, FollowedFolder, Plan
from ingest.follow.place import PLACES
from ingest.follow.shelf import LocalShelf
from ingest.kept import Kept
from ingest.lines import LONGEST
from ingest.source import pour
from tests.access_lines import AGENTS, REQUESTS, TIMES
from tests.access_lines import line as request
from tests.ingest.support import GOOD, STEP, MemorySink, line, lines


class Watched:
    """A folder, and the clock of who watches it."""

    def __init__(self, folder, **plan):
        self.drop, self.now, self.told, self.sink = folder / "drop", 0.0, [], MemorySink()
        self.drop.mkdir()
        self._places, self._plan = folder / "places", Plan(**plan)
        self.restart()

    def restart(self):
        kept = Kept(self._places, str(self.drop), self.sink.identity, PLACES)
        shelf = LocalShelf(self.drop)
        self.source = FollowedFolder(shelf, kept, Border(), self._plan, lambda: self.now, self.told.append)

    def look(self, later=0.0):
        """What comes of it, as units of steps."""
        self.now += later
        before = len(self.sink.events("step"))
        pour(self.source, self.sink)
        return [event["unit"] for event in self.sink.events("step")][before:]

    def write(self, name, *units, end=b"\n"):
        with (self.drop / name).open("ab") as file:
            file.write(steps(*units).removesuffix(b"\n") + end)

    @property
    def buried(self):
        return [(letter["source"].removeprefix(f"{self.drop}/"), letter["line"]) for letter in self.sink.events("dead")]


def steps(*units):
    return lines(*(STEP | {"PhongBanXuLy": unit} for unit in units))


@pytest.fixture
def watched(tmp_path):
    return Watched(tmp_path)


def test_what_is_appended_is_read_once(watched):
    watched.write("progress.jsonl", "a", "b")
    assert watched.look() == ["a", "b"]
    watched.write("progress.jsonl", "c")
    assert watched.look() == ["c"]
    watched.restart()
    assert watched.look() == []
    watched.write("progress.jsonl", "d")
    assert watched.look() == ["d"]


def test_half_a_line_waits_for_its_end(watched):
    whole = steps("b")
    watched.write("progress.jsonl", "a")
    with (watched.drop / "progress.jsonl").open("ab") as file:
        file.write(whole[:30])
    assert watched.look() == ["a"]
    with (watched.drop / "progress.jsonl").open("ab") as file:
        file.write(whole[30:])
    assert watched.look() == ["b"]
    assert watched.buried == []


def test_a_last_line_without_its_end_is_taken_once_it_is_quiet(watched):
    watched.write("progress.jsonl", "a", end=b"")
    assert watched.look() == []
    assert watched.look(later=QUIET) == ["a"]
    assert watched.look(later=QUIET) == []
    with (watched.drop / "progress.jsonl").open("ab") as file:
        file.write(b"\n" + steps("b"))
    assert watched.look() == ["a", "b"]  # its line is read again, which is harmless


def test_half_a_request_is_never_taken_for_one(watched):
    whole = [request(at, REQUESTS[0], "200", AGENTS[0], " 0.123") for at in TIMES[:2]]
    log = watched.drop / "access.log"
    log.write_bytes(whole[0] + b"\n" + whole[1][:-3])
    watched.look(), watched.look(later=QUIET)
    watched.restart()
    with log.open("ab") as file:
        file.write(whole[1][-3:] + b"\n")
    watched.look()
    numbers = [number for event in watched.sink.events("requests") for number in event["numbers"].split()]
    assert len(numbers) == len(set(numbers)) == 2
    assert watched.buried == []


def test_a_file_that_replaces_another_is_read_from_its_first_line(watched, tmp_path):
    watched.write("progress.jsonl", "a", "b")
    watched.look()
    fresh = tmp_path / "fresh"
    fresh.write_bytes(steps("a", "x"))
    fresh.rename(watched.drop / "progress.jsonl")
    assert watched.look() == ["a", "x"]


def test_requests_that_look_alike_each_count_also_after_a_restart(watched):
    alike = request(TIMES[0], REQUESTS[0], "200", AGENTS[0], "") + b"\n"
    for _ in range(3):
        with (watched.drop / "access.log").open("ab") as file:
            file.write(alike)
        watched.look()
        watched.restart()
    numbers = [number for event in watched.sink.events("requests") for number in event["numbers"].split()]
    assert len(numbers) == len(set(numbers)) == 3


@pytest.mark.parametrize("units", [("a", "x"), ("x",), ("a", "x", "c"), ("x", "b", "c", "d"), ()])
def test_a_file_that_is_corrected_where_it_stands_is_read_again(watched, units):
    watched.write("progress.jsonl", "a", "b")
    watched.look()
    path = watched.drop / "progress.jsonl"
    path.write_bytes(steps(*units))
    os.utime(path, (1, 1))
    assert watched.look() == list(units)


def test_a_long_file_is_read_in_blocks_and_a_correction_far_behind_is_seen(watched, monkeypatch):
    monkeypatch.setattr(tail, "MOST", 1000)
    monkeypatch.setattr(tail, "HALF", 300)
    units = [f"{number:04}" for number in range(100)]
    watched.write("progress.jsonl", *units)
    assert watched.look() == units
    path = watched.drop / "progress.jsonl"
    path.write_bytes(path.read_bytes().replace(b"0050", b"9950"))
    os.utime(path, (1, 1))
    assert len(watched.look()) == 100
    assert watched.buried == []


def test_a_longer_file_in_place_of_another_is_read_from_its_first_line(watched, tmp_path, monkeypatch):
    """However alike the two are at their ends."""
    monkeypatch.setattr(tail, "HALF", 300)
    units = [f"{number:04}" for number in range(100)]
    watched.write("progress.jsonl", *units)
    watched.look()
    fresh = tmp_path / "fresh"
    corrected = ["9950" if unit == "0050" else unit for unit in units]
    fresh.write_bytes(steps(*corrected, "more"))
    fresh.rename(watched.drop / "progress.jsonl")
    assert watched.look() == [*corrected, "more"]


def test_a_line_that_is_too_long_is_buried_and_the_next_one_read(watched):
    (watched.drop / "progress.jsonl").write_bytes(
        steps("a") + b"x" * (tail.MOST + LONGEST) + b"\n" + steps("b") + b"{\n" + b"y" * (LONGEST + 9)
    )
    assert watched.look() == ["a", "b"]
    assert watched.look(later=QUIET) == []
    assert watched.buried == [("progress.jsonl", line) for line in ("2", "4", "5")]


def test_a_gz_is_read_when_it_is_whole(watched):
    packed = gzip.compress(steps("a", "b"))
    path = watched.drop / "progress.jsonl.gz"
    path.write_bytes(packed[:20])
    assert watched.look() == watched.look(later=QUIET - 1) == []
    path.write_bytes(packed)
    assert watched.look() == []
    assert watched.look(later=QUIET) == ["a", "b"]
    assert watched.look(later=QUIET) == []
    assert watched.buried == []


def test_a_gz_that_stays_broken_gives_what_it_has_and_one_dead_letter(watched):
    packed = gzip.compress(b"".join(steps(f"{number:05}") for number in range(20_000)))
    (watched.drop / "progress.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    watched.look()
    found = watched.look(later=QUIET)
    assert 0 < len(found) < 20_000
    assert watched.buried == [("progress.jsonl.gz", str(len(found) + 1))]


def test_what_is_read_is_archived_when_it_is_quiet_and_nothing_there_is_overwritten(tmp_path):
    watched = Watched(tmp_path, archive=str(tmp_path / "archive"))
    for unit in ("a", "b"):
        watched.write("progress.jsonl", unit)
        (watched.drop / "access.log").touch()
        assert watched.look() == [unit]
        assert watched.look() == []
        watched.look(later=QUIET)
        assert [path.name for path in watched.drop.iterdir()] == ["access.log"]
    archived = {path.name: path.read_bytes() for path in (tmp_path / "archive").iterdir()}
    assert archived == {"progress.jsonl": steps("a"), "progress.jsonl.1": steps("b")}


def test_files_that_are_none_of_ours_are_told_once(watched):
    (watched.drop / "readme.txt").touch()
    (watched.drop / "dossiers.jsonl").mkdir()
    for _ in range(2):
        watched.look()
    assert watched.told == ["readme.txt is none of the files nhip reads, and was left alone"]


def test_what_explains_codes_comes_before_what_uses_them(watched):
    for kind, record in GOOD.items():
        (watched.drop / f"{kind}.jsonl").write_bytes(line(record) + b"\n")
    pour(watched.source, watched.sink)
    sent = [event["kind"] for event in watched.sink.events()]
    assert set(sent) == {"agency", "service", "dossier", "step", "payment"}


def test_a_file_that_cannot_be_read_does_not_stop_the_others(watched, monkeypatch):
    watched.write("dossiers.jsonl", "x")
    watched.write("progress.jsonl", "a")
    opened = LocalShelf.open

    def refusing(shelf, name):
        if name == "dossiers.jsonl":
            raise PermissionError(13, "Permission denied")
        return opened(shelf, name)

    monkeypatch.setattr(LocalShelf, "open", refusing)
    assert watched.look() == ["a"]
    assert watched.source.unread == {"dossiers.jsonl": "Permission denied"}
    watched.look()
    assert watched.told == ["dossiers.jsonl cannot be read (Permission denied); it is tried again"]
    monkeypatch.setattr(LocalShelf, "open", opened)
    watched.look()
    assert watched.source.unread == {}
    assert watched.buried == [("dossiers.jsonl", "1")]  # a step is no dossier

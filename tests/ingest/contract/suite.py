"""What every source owes: the same records in, the same facts and counts out as from the drop folder.

A source passes by a class of its own: `class TestMine(SourceContract)` with `delivery`, which says how records become
available at that source. Facts and cells are those that the worker makes of the events; equal ones give equal KPIs.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.load import load_folder
from ingest.sink import Sink
from ingest.source import Source, follow, pour
from metrics.errors import Unavailable
from metrics.events import Topic
from streams.cells import FENCE_DAY
from streams.decode import Record
from streams.keep import keep, read
from tests.ingest.support import MemorySink, quiet
from tests.strategies import BAD, KINDS, REQUIRED, good
from tests.support.memory import MemoryState

Records = list[tuple[str, dict[str, Any]]]
"""Kind and record, in the order in which they come to be at the source."""

FACTS = ("dossier", "step", "payment", "service", "agency")
CANARY = "CANARY Nguyễn Văn A"


class Delivery(Protocol):
    """One source and what lies at it."""

    def deliver(self, records: Records) -> None:
        """They are there from now on, behind what was there. Delivered twice is there twice."""

    def source(self, sink: Sink) -> Source:
        """As after a start: it goes on where the last one was acknowledged."""

    def away(self) -> None:
        """Nobody reaches the source any more."""

    def back(self) -> None: ...

    def jump(self, seconds: int) -> None:
        """The clocks of both sides leap; what is delivered from now on says so, too."""

    def close(self) -> None: ...


def records(kinds: Sequence[str] = KINDS, most: int = 12) -> st.SearchStrategy[Records]:
    """Each kind keeps its order; every value is a text or null, as tables have them."""
    one = st.sampled_from(kinds).flatmap(lambda kind: st.tuples(st.just(kind), good[kind].map(plain)))
    return st.lists(one, max_size=most)


def plain(record: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in record.items() if not isinstance(value, list | dict | bool | float)}
    return {name: value if value is None else str(value) for name, value in kept.items()} | {"ChuHoSo": CANARY}


def broken(kinds: Sequence[str] = KINDS) -> Records:
    """Every way in which a record with fields can be broken, once."""
    made: Records = []
    for kind in kinds:
        whole = plain(next(iter(GOOD[kind])))
        made += [(kind, whole | {name: None}) for name in REQUIRED[kind]]
        made += [(kind, whole | {name: str(values[0])}) for name, values in BAD[kind]]
    return made


GOOD: dict[str, tuple[dict[str, Any], ...]] = {
    "agencies": ({"MaDonVi": "H07.14", "TenDonVi": "Sở", "Cap": "so", "HieuLucTu": "20200101"},),
    "services": ({"MaTTHC": "1.000001", "TenTTHC": "Thủ tục", "MucDo": "4", "HieuLucTu": "20200101"},),
    "dossiers": (
        {"MaHoSo": "H07.14-220101-0001", "MaTTHC": "1.000001", "KenhThucHien": "2", "NgayTiepNhan": "20220103080000"},
    ),
    "progress": ({"MaHoSo": "H07.14-220101-0001", "ThoiDiemXuLy": "20220104080000", "TrangThai": "9"},),
    "payments": (
        {"MaGiaoDich": "T1", "ThoiGian": "20220103080000", "MaTrangThai": "00", "LoaiGiaoDich": "thanh_toan"},
    ),
}


def fine(kinds: Sequence[str] = KINDS) -> Records:
    return [(kind, record) for kind in kinds for record in GOOD[kind]]


Facts = dict[str, Any]


def facts(sink: MemorySink) -> Facts:
    """What the worker makes of the log: rows without versions, sums of cells, how many lines of a kind were buried."""
    state = MemoryState()
    for (topic, partition), events in sink.log.items():
        cut = [Record(partition, start, b"\n".join(events[start : start + 5])) for start in range(0, len(events), 5)]
        for start in range(0, len(cut), 10):
            keep(cast("Any", state), read(Topic(topic), cut[start : start + 10]))
    rows = {table: without_version(state.tables[table]) for table in FACTS}
    dead = [letter["file_kind"] for letter in state.tables["dead_letter"].values() if not letter["mended"]]
    return {**rows, "cells": sums(state), "dead": {kind: dead.count(kind) for kind in KINDS}}


def without_version(table: dict[Any, dict[str, Any]]) -> dict[Any, dict[str, Any]]:
    return {key: {name: value for name, value in row.items() if name != "version"} for key, row in table.items()}


def sums(state: MemoryState) -> dict[Any, int]:
    """Each measure of a cell that counts anything, whatever the partition."""
    found: dict[Any, int] = {}
    for row in state.tables["kpi_cell"].values():
        if row["day"] == FENCE_DAY:
            continue
        key = tuple(row[name] for name in ("stream", "day", "agency", "procedure", "channel"))
        for name, value in row.items():
            if isinstance(value, int) and name not in {"version", "partition"} and value:
                found[(*key, name)] = found.get((*key, name), 0) + value
    return found


def expected(*deliveries: Records) -> Facts:
    """From drop folders, one after the other."""
    sink = MemorySink()
    with TemporaryDirectory() as scratch:
        for number, delivered in enumerate(deliveries):
            folder = Path(scratch) / str(number)
            folder.mkdir()
            for kind in KINDS:
                lines = [json.dumps(record, ensure_ascii=False) for of, record in delivered if of == kind]
                (folder / f"{kind}-{number}.jsonl").write_text("".join(f"{line}\n" for line in lines))
            load_folder(folder, sink, Path(scratch) / "checkpoints", quiet)
    return facts(sink)


def assert_nothing_personal(sink: MemorySink) -> None:
    assert CANARY.encode() not in b"".join(event for events in sink.log.values() for event in events)


class SourceContract:
    kinds: tuple[str, ...] = KINDS
    """Of records that this source can have."""
    examples: int = 10
    """Of made-up histories: few where each takes long."""

    def delivery(self, folder: Path) -> Delivery:
        """A source with nothing in it; `folder` is empty and its own."""
        raise NotImplementedError

    @pytest.fixture
    def opened(self, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Delivery]]:
        made: list[Delivery] = []

        def another() -> Delivery:
            made.append(self.delivery(tmp_path_factory.mktemp("source")))
            return made[-1]

        yield another
        for one in made:
            one.close()

    def test_the_same_records_give_the_same_facts(self, opened: Callable[[], Delivery]) -> None:
        @settings(max_examples=self.examples)
        @given(records(self.kinds), records(self.kinds))
        def holds(first: Records, second: Records) -> None:
            there, sink = opened(), MemorySink()
            source = there.source(sink)
            for delivered in (first, second):
                there.deliver(delivered)
                pour(source, sink)
            assert facts(sink) == expected(first, second)
            assert_nothing_personal(sink)

        holds()

    def test_broken_off_at_any_moment_it_goes_on(self, opened: Callable[[], Delivery]) -> None:
        @settings(max_examples=self.examples)
        @given(records(self.kinds), records(self.kinds), st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9))))
        def holds(first: Records, second: Records, breaks: list[tuple[int, int]]) -> None:
            there, sink = opened(), MemorySink()
            there.deliver(first)
            for number, (settlings, half) in enumerate(breaks[:4]):
                sink.left, sink.half = settlings, half
                if number == 1:
                    there.deliver(second)
                pour_until_broken(there, sink)
            if len(breaks) <= 1:
                there.deliver(second)
            sink.left = None
            pour(there.source(sink), sink)
            assert facts(sink) == expected(first, second)

        holds()

    def test_what_was_acknowledged_is_not_read_again(self, opened: Callable[[], Delivery]) -> None:
        there, sink = opened(), MemorySink()
        there.deliver(fine(self.kinds))
        pour(there.source(sink), sink)
        sent = len(sink.events())
        assert not pour(there.source(sink), sink)
        assert len(sink.events()) == sent

    def test_what_comes_twice_counts_once(self, opened: Callable[[], Delivery]) -> None:
        there, sink = opened(), MemorySink()
        for _ in range(2):
            there.deliver(fine(self.kinds))
            pour(there.source(sink), sink)
        assert facts(sink) == expected(fine(self.kinds))

    def test_a_broken_record_is_buried_alone(self, opened: Callable[[], Delivery]) -> None:
        there, sink = opened(), MemorySink()
        delivered = [one for bad in broken(self.kinds) for one in (bad, *fine(self.kinds))]
        there.deliver(delivered)
        pour(there.source(sink), sink)
        found = facts(sink)
        assert found == expected(delivered)
        assert sum(found["dead"].values()) == len(broken(self.kinds))
        assert_nothing_personal(sink)

    def test_a_source_that_is_away_is_waited_for(self, opened: Callable[[], Delivery]) -> None:
        there, sink, told = opened(), MemorySink(), list[str]()
        there.deliver(fine(self.kinds))
        there.away()
        waits = self._returning(there)
        follow(lambda: sink, there.source, lambda: next(waits), told.append)
        assert facts(sink) == expected(fine(self.kinds))
        assert len(told) == 1

    def _returning(self, there: Delivery) -> Iterator[bool]:
        yield True
        there.back()
        yield True
        yield False

    def test_clocks_may_leap(self, opened: Callable[[], Delivery]) -> None:
        there, sink = opened(), MemorySink()
        parts = [fine(self.kinds)[:2], fine(self.kinds)[2:4], fine(self.kinds)[4:]]
        for part, seconds in zip(parts, (0, -90_000, 180_000), strict=True):
            there.jump(seconds)
            there.deliver(part)
            pour(there.source(sink), sink)
        assert facts(sink) == expected(*parts)

    def test_a_log_that_takes_nothing_is_waited_for(self, opened: Callable[[], Delivery]) -> None:
        """Back-pressure: while the log is away nothing is acknowledged at the source, and nothing lost."""
        there, sink, told = opened(), MemorySink(breaks_at=0), list[str]()
        there.deliver(fine(self.kinds))
        waits = iter((True, False))
        follow(lambda: sink, there.source, lambda: next(waits), told.append)
        assert facts(sink) == expected(fine(self.kinds))
        assert len(told) == 1


def pour_until_broken(there: Delivery, sink: MemorySink) -> None:
    try:
        pour(there.source(sink), sink)
    except Unavailable:
        sink.open = []

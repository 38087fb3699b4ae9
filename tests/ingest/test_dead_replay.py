"""Dead letters read again give what a run would have given whose lines were right at once."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.border import Border
from ingest.dead.reading import Material, read_again
from ingest.dead.replay import Outcome, replay
from ingest.follow.folder import FollowedFolder, Plan
from ingest.follow.forms import Lines, kind_of
from ingest.follow.place import PLACES
from ingest.follow.shelf import LocalShelf
from ingest.follow.tables import Table, TableSaid
from ingest.kept import Kept
from ingest.mapping.mapping import Mapped
from ingest.source import pour
from metrics.errors import Unavailable
from tests.ingest.contract.suite import Facts, facts
from tests.ingest.support import PARTITIONS
from tests.support.topics import Reader, TimedSink

CODES = {"A": "1.000001", "B": "1.000002"}
COLUMNS = ("so", "thu_tuc", "kenh", "hen_tra", "luc", "trang_thai")


def mapping(**codes: str) -> Table:
    """Of tables whose service codes are these."""
    values = {name: name for name in COLUMNS if name != "thu_tuc"}
    code = "H07-{so}"
    dossier = {"MaHoSo": code, "MaTTHC": "{service}", "KenhThucHien": "{kenh}", "NgayHenTra": "{hen_tra}"}
    step = {"MaHoSo": code, "ThoiDiemXuLy": "{luc}", "TrangThai": "{trang_thai}"}
    said = TableSaid.model_validate(
        {
            "files": "*.csv",
            "values": values | {"service": {"column": "thu_tuc", "codes": codes}},
            "records": [
                {"kind": "dossiers", "fields": dossier},
                {"kind": "progress", "needs": "trang_thai", "fields": step},
            ],
        }
    )
    return Table(said, Mapped(said))


WRONG, RIGHT = mapping(**CODES), mapping(**CODES, Z="1.000009")

row = st.fixed_dictionaries(
    {
        "so": st.sampled_from("12"),
        "thu_tuc": st.sampled_from("ABZZZ?"),
        "kenh": st.sampled_from(("", "1", "2", "3")),
        "hen_tra": st.sampled_from(("", "20220601170000", "20220701170000")),
        "luc": st.sampled_from(("20220501080000", "20220502080000")),
        "trang_thai": st.sampled_from(("", "2", "9", "x")),
    }
)
line = st.fixed_dictionaries(
    {"MaHoSo": st.sampled_from(("H07-1", "H07-2"))},
    optional={"MaTTHC": st.just("1.000003"), "KenhThucHien": st.sampled_from("123")},
)
deliveries = st.lists(
    st.one_of(
        st.tuples(st.just("csv"), st.lists(row, min_size=1, max_size=4)),
        st.tuples(st.just("jsonl"), st.lists(line, min_size=1, max_size=2)),
    ),
    max_size=5,
)
Deliveries = list[tuple[str, list[dict[str, str]]]]


def write(path: Path, rows: list[dict[str, str]]) -> None:
    if path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(one) + "\n" for one in rows))
        return
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS)
    table.writeheader()
    table.writerows(rows)
    path.write_text(text.getvalue())


def follow(folder: Path, sink: TimedSink, table: Table) -> None:
    kept = Kept(folder / "places", "x", "", PLACES)
    plan = Plan(form=lambda name: table if table.takes(name) else None, quiet=0.0)
    pour(FollowedFolder(LocalShelf(folder), kept, Border(), plan, lambda: 0.0, lambda _: None), sink)


def deliver(folder: Path, sink: TimedSink, given: Deliveries, table: Table) -> None:
    """One file after the other, each of its own name."""
    for number, (ending, rows) in enumerate(given):
        write(folder / f"dossiers-{number}.{ending}", rows)
        follow(folder, sink, table)


@contextmanager
def opened(source: str, table: Table = RIGHT) -> Iterator[Material]:
    kind = kind_of(Path(source).name)
    form = table if table.takes(source) else kind and Lines(kind, kind.reader())
    if form is None:
        raise Unavailable("gone")
    with Path(source).open("rb") as file:
        passed = partial(form.passed, border=Border())
        yield Material(form.rows(file, source), passed, headed=form is table)


def letters(sink: TimedSink) -> dict[tuple[str, int], str]:
    """Those that are open, as the store knows them."""
    told = {(one["source"], int(one["line"])): one for one in sink.events("dead")}
    return {place: one["file_kind"] for place, one in told.items() if "mended" not in one}


def mend(sink: TimedSink, reader: Reader | None = None) -> Outcome:
    return replay(letters(sink), opened, reader or Reader(sink), sink, PARTITIONS)


def found(sink: TimedSink) -> Facts:
    """Without the first due moment, which is the first that was heard of (docs/decisions/0027)."""
    made = facts(sink)
    for one in made["dossier"].values():
        del one["first_due_at"]
    return made


def right_at_once(given: Deliveries) -> Facts:
    sink = TimedSink()
    with TemporaryDirectory() as scratch:
        deliver(Path(scratch), sink, given, RIGHT)
    return found(sink)


@settings(max_examples=30)
@given(deliveries, st.integers(1, 3))
def test_it_is_as_if_the_lines_had_been_right_at_once(delivered: Deliveries, times: int) -> None:
    sink = TimedSink()
    with TemporaryDirectory() as scratch:
        deliver(Path(scratch), sink, delivered, WRONG)
        for _ in range(times):
            mend(sink)
    assert found(sink) == right_at_once(delivered)


ONE = {"so": "1", "thu_tuc": "Z", "kenh": "1", "hen_tra": "", "luc": "20220501080000", "trang_thai": "2"}


def test_what_others_say_while_it_is_read_again_is_the_last_word(tmp_path: Path) -> None:
    sink, late = TimedSink(), [("jsonl", [{"MaHoSo": "H07-1", "KenhThucHien": "3"}])]
    deliver(tmp_path, sink, [("csv", [ONE])], WRONG)
    asked = iter(range(100))

    def meanwhile() -> None:
        if next(asked) == 2:  # after the letters and the log were read, while the events are sent
            write(tmp_path / "dossiers-late.jsonl", late[0][1])
            follow(tmp_path, sink, WRONG)

    mend(sink, Reader(sink, meanwhile))
    assert next(asked) > 3
    assert found(sink) == right_at_once([("csv", [ONE]), *late])


def test_what_is_still_wrong_stays_with_its_reason_of_today(tmp_path: Path) -> None:
    sink = TimedSink()
    deliver(tmp_path, sink, [("csv", [ONE, ONE | {"thu_tuc": "?"}, ONE | {"trang_thai": "x"}])], WRONG)
    source = str(tmp_path / "dossiers-0.csv")
    outcome = mend(sink)
    assert (outcome.mended[source], outcome.refused[source], outcome.left) == (1, 2, {})
    assert sorted(letters(sink)) == [(source, 3), (source, 4)]
    assert "TrangThai" in [one["reason"] for one in sink.events("dead") if one["line"] == "4"][-1]


def test_a_source_that_cannot_be_read_again_keeps_its_letters(tmp_path: Path) -> None:
    sink = TimedSink()
    deliver(tmp_path, sink, [("csv", [ONE])], WRONG)
    there = letters(sink) | {("http:mot-cua/abc", 1): "dossiers", (str(tmp_path / "dossiers-0.csv"), 9): "dossiers"}
    outcome = replay(there, opened, Reader(sink), sink, PARTITIONS)
    assert outcome.left == {
        "http:mot-cua/abc": "gone", str(tmp_path / "dossiers-0.csv"): "1 of its lines are not there any more",
    }  # fmt: skip
    assert outcome.mended.total() == 1


@pytest.mark.parametrize(("head", "mended"), [(COLUMNS, {1}), (COLUMNS[1:], set())])
def test_where_the_head_was_wrong_all_rows_are_news(head: tuple[str, ...], mended: set[int]) -> None:
    text = io.StringIO()
    table = csv.DictWriter(text, head, extrasaction="ignore")
    table.writeheader()
    table.writerows([ONE, ONE | {"thu_tuc": "?"}])
    file = io.BytesIO(text.getvalue().encode())
    passed = partial(RIGHT.passed, border=Border())
    again = read_again("a.csv", {1}, Material(RIGHT.rows(file, "a.csv"), passed, headed=True))
    assert again.mended == mended
    assert [word.line for word in again.words] == [2, 2] * len(mended)
    assert set(again.refused) == ({3} if mended else {1})

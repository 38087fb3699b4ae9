"""Records that are not ours, and everything else that one record can do to a batch."""

import json

import pytest

from metrics.events import DEAD, Topic
from streams.decode import Record, decode
from streams.keep import keep, read
from tests.support.memory import MemoryState

EVENT = json.dumps({"kind": "dossier", "dossier": "H07-1", "procedure": "1.1", "channel": "2"}).encode()
NOT_OURS = [b"not json", b"{", b"[1, 2]", b'"text"', b"\xff\xfe", EVENT + b"\n{", EVENT + b"\ngarbage", b"\x00"]


@pytest.mark.parametrize("value", NOT_OURS)
def test_a_record_that_is_not_json_lines_becomes_a_dead_letter_and_the_others_survive(value: bytes) -> None:
    state = MemoryState()
    other = EVENT.replace(b"H07-1", b"H07-2")
    keep(state, read(Topic.DOSSIERS, [Record(0, 4, EVENT), Record(0, 5, value), Record(1, 9, other)]))  # type: ignore[arg-type]
    assert set(state.tables["dossier"]) == {("H07-1",), ("H07-2",)}
    (letter,) = state.tables["dead_letter"].values()
    assert (letter["file_kind"], letter["source"], letter["line"]) == ("nhip.dossiers", "kafka:nhip.dossiers/0", 6)
    assert {row["partition"]: row["next_offset"] for row in state.tables["pipeline_progress"].values()} == {0: 6, 1: 10}


def test_a_batch_of_nothing_but_foreign_records_moves_on() -> None:
    state = MemoryState()
    keep(state, read(Topic.PAYMENTS, [Record(3, 7, b"?")]))  # type: ignore[arg-type]
    assert len(state.tables["dead_letter"]) == 1
    assert [row["next_offset"] for row in state.tables["pipeline_progress"].values()] == [8]


def test_events_keep_their_place_in_the_log() -> None:
    events = decode(Topic.DOSSIERS, [Record(1, 5, EVENT + b"\n" + EVENT + b"\n"), Record(0, 9, EVENT)])
    assert events.select("partition", "offset").rows() == [(1, 5), (1, 5), (0, 9)]


def test_unknown_kinds_and_fields_are_left_alone() -> None:
    strange = [{"kind": "weather", "dossier": "H07-1"}, {"kind": "dossier"}, {"kind": None}, {"x": "y"}]
    state = MemoryState()
    value = b"\n".join(json.dumps(event).encode() for event in strange)
    keep(state, read(Topic.DOSSIERS, [Record(0, 0, value)]))  # type: ignore[arg-type]
    assert state.tables["dossier"] == {}
    assert [row["next_offset"] for row in state.tables["pipeline_progress"].values()] == [1]


@pytest.mark.parametrize("line", ["", "x", "-1", None])
def test_a_dead_letter_without_a_line_number_is_left_out(line: str | None) -> None:
    letter = {"kind": DEAD.name, "source": "f.jsonl", "line": line, "reason": "r", "file_kind": "dossiers"}
    state = MemoryState()
    keep(state, read(Topic.DEAD, [Record(0, 0, json.dumps(letter).encode())]))  # type: ignore[arg-type]
    assert state.tables["dead_letter"] == {}

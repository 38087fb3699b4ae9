"""The fold and its cells against the oracle, whatever the order, the batching and the accidents."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.errors import Unavailable
from metrics.events import Topic
from streams.cells import FENCE_DAY
from streams.decode import Record
from streams.keep import keep, read
from streams.state import State
from tests.oracle import Dossier, Oracle
from tests.strategies import History, histories
from tests.support.log import Logs, batches, events, logs
from tests.support.memory import KEYS, Accidents, MemoryState

sizes = st.lists(st.integers(1, 6), min_size=1, max_size=4)
accidents = st.sets(st.tuples(st.sampled_from(tuple(KEYS)), st.integers(0, 15)), max_size=8)


def utc(moment: str | None) -> datetime | None:
    if moment is None:
        return None
    return datetime.strptime(moment, "%Y%m%d%H%M%S").replace(tzinfo=UTC) - timedelta(hours=7)


def day(moment: str) -> date:
    return date(int(moment[:4]), int(moment[4:6]), int(moment[6:8]))


Cells = dict[tuple[str, date, str, str, str], dict[str, int]]


def cells_of(oracle: Oracle) -> Cells:
    found: Counter[tuple[tuple[str, date, str, str, str], str]] = Counter()
    for d in oracle.dossiers.values():
        place = (d.agency, d.service or "", d.channel or "")
        if d.received:
            cell = (Topic.DOSSIERS.value, day(d.received), *place)
            found[cell, "received"] += 1
            found[cell, "received_online"] += d.channel == "2"
        if d.resolved and d.due:
            cell = (Topic.DOSSIERS.value, day(d.resolved), *place)
            found[cell, "resolved_with_due"] += 1
            found[cell, "resolved_on_time"] += d.resolved <= d.due
    for at, agency in oracle.paid():
        found[(Topic.PAYMENTS.value, day(at), agency or "", "", ""), "paid"] += 1
    cells: Cells = {}
    for (cell, measure), count in found.items():
        if count:
            cells.setdefault(cell, {})[measure] = count
    return cells


def cells_in(state: MemoryState) -> Cells:
    """Summed over partitions, without what is zero."""
    measures = ("received", "received_online", "resolved_with_due", "resolved_on_time", "paid")
    found: Counter[tuple[tuple[str, date, str, str, str], str]] = Counter()
    for row in state.tables["kpi_cell"].values():
        cell = (row["stream"], row["day"], row["agency"], row["procedure"], row["channel"])
        for measure in measures:
            found[cell, measure] += row.get(measure) or 0
        assert row["day"] != FENCE_DAY or not any(row.get(measure) for measure in measures)
    cells: Cells = {}
    for (cell, measure), count in found.items():
        if count:
            cells.setdefault(cell, {})[measure] = count
    return cells


def run(state: MemoryState, logs: Logs, batch_sizes: list[int]) -> None:
    """As the worker does: a batch that meets an accident is done again, and only then the next."""
    for topic, records in logs.items():
        for batch in batches(records, batch_sizes):
            keep_at_last(state, topic, batch)


def keep_at_last(state: MemoryState, topic: Topic, batch: list[Record]) -> None:
    while True:
        try:
            return keep(cast("State", state), read(topic, batch))
        except Unavailable:
            continue


def assert_exact(state: MemoryState, oracle: Oracle) -> None:
    facts = state.tables["dossier"]
    for code, dossier in oracle.dossiers.items():
        if knows_something(dossier):
            row = facts[(code,)]
            assert (row["received_at"], row["resolved_at"]) == (utc(dossier.received), utc(dossier.resolved))
            assert (row["agency"], row["procedure"], row["channel"]) == (
                dossier.agency,
                dossier.service,
                dossier.channel,
            )
    assert cells_in(state) == cells_of(oracle)


def knows_something(dossier: Dossier) -> bool:
    return bool(dossier.attributes) or any(status in {"2", "9", "10"} for _, status in dossier.steps)


@given(histories(), sizes, sizes)
def test_every_batching_gives_the_oracles_facts_and_cells(history: History, records: list[int], cut: list[int]) -> None:
    state = MemoryState()
    run(state, logs(history, records), cut)
    assert_exact(state, Oracle(history.files()))


@given(histories(), sizes, sizes, accidents)
def test_accidents_between_the_writes_change_nothing(
    history: History, records: list[int], cut: list[int], at: set[tuple[str, int]]
) -> None:
    state = MemoryState(Accidents(at))
    run(state, logs(history, records), cut)
    assert_exact(state, Oracle(history.files()))


@given(histories(), sizes, sizes, sizes, st.integers(0, 10), accidents)
@settings(max_examples=60)
def test_a_worker_that_dies_is_followed_by_one_that_cuts_otherwise(  # noqa: PLR0913, PLR0917
    history: History, records: list[int], cut: list[int], other: list[int], done: int, at: set[tuple[str, int]]
) -> None:
    """Nothing was acknowledged: the second begins at the first record again, with batches of its own."""
    kept, state = logs(history, records), MemoryState(Accidents(at))
    for topic, all_records in kept.items():
        for batch in list(batches(all_records, cut))[:done]:
            keep_at_last(state, topic, batch)
    run(state, kept, other)
    assert_exact(state, Oracle(history.files()))


@given(histories(), sizes, sizes)
@settings(max_examples=40)
def test_loading_twice_changes_nothing(history: History, records: list[int], cut: list[int]) -> None:
    """The second load follows the first in the log."""
    twice = History({kind: lines * 2 for kind, lines in history.lines.items()}, history.arrival * 2)
    state = MemoryState()
    run(state, logs(twice, records), cut)
    assert_exact(state, Oracle(history.files()))


@given(histories())
def test_ingest_rejects_what_the_oracle_rejects(history: History) -> None:
    assert events(history)[1] == Oracle(history.files()).dead

"""Whoever writes, how often and when: at the end the store holds what one clean pass would have left."""

import json
from collections.abc import Iterator
from typing import Any, cast

import pytest
from clickhouse_connect.driver.client import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.reconcile import drift
from deploy.migrate import migrate
from metrics.entity import DOSSIER_FACTS, PAYMENT_FACTS
from metrics.events import Topic
from streams.cells import FENCE_DAY
from streams.decode import Record
from streams.keep import keep, read
from streams.state import State, connect
from tests.strategies import History, histories
from tests.support.log import logs
from tests.support.memory import MemoryState
from tests.support.store import store
from tests.support.turns import Accident, Life, Log, interleaved

TABLES = ("dossier", "step", "payment", "kpi_cell", "service", "agency", "dead_letter", "pipeline_progress")
MEASURES = ("received", "received_online", "resolved_with_due", "resolved_on_time", "paid")
CALLS = 6  # of the store, for a batch
BOTH = frozenset({0, 1})

sizes = st.lists(st.integers(1, 6), min_size=1, max_size=3)
accidents = st.dictionaries(st.integers(0, 40), st.builds(Accident, st.booleans(), st.booleans()), max_size=4)
given_partitions = st.lists(st.sampled_from((BOTH, frozenset({0}), frozenset({1}))), min_size=1, max_size=4)
lives = st.builds(Life, sizes, given_partitions, accidents)
turns = st.lists(st.tuples(st.integers(0, 1), st.integers(1, 16)), max_size=12)
counted = st.sampled_from((Topic.DOSSIERS, Topic.DOSSIERS, Topic.PAYMENTS))

Held = tuple[dict[Any, Any], dict[Any, Any]]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with store(tmp_path_factory.mktemp("law")) as running:
        migrate(running.url)
        yield connect(running.url)


def play(state: Any, log: Log, workers: list[Life], schedule: list[tuple[int, int]]) -> None:
    """Two workers at once; then one that is left alone finishes what they did not."""
    interleaved(state, log, workers, [number for number, times in schedule for _ in range(times)])
    interleaved(state, log, [Life([4], [BOTH], {})], [])


def clean(topic: Topic, records: list[Record]) -> Held:
    state = MemoryState()
    for record in records:
        keep(cast("State", state), read(topic, [record]))
    return in_memory(state, topic)


def in_memory(state: MemoryState, topic: Topic) -> Held:
    facts = {key: dict(row) for key, row in state.tables[entity(topic).table].items()}
    return without_versions(facts), summed(state.tables["kpi_cell"].values(), topic)


def in_store(client: Client, topic: Topic) -> Held:
    table, key = entity(topic).table, entity(topic).key[0]
    facts = list(
        client.query(f"SELECT * FROM {table} ORDER BY version DESC LIMIT 1 BY {key}", tz_mode="aware").named_results()
    )
    cells = client.query(
        "SELECT * FROM kpi_cell ORDER BY version DESC LIMIT 1 BY stream, partition, day, agency, procedure, channel"
    )
    return without_versions({(row[key],): dict(row) for row in facts}), summed(cells.named_results(), topic)


def entity(topic: Topic) -> Any:
    return DOSSIER_FACTS if topic is Topic.DOSSIERS else PAYMENT_FACTS


def without_versions(facts: dict[Any, Any]) -> dict[Any, Any]:
    return {key: {name: row[name] for name in sorted(row) if name != "version"} for key, row in facts.items()}


def summed(cells: Any, topic: Topic) -> dict[Any, Any]:
    """Cell by cell, those that count something."""
    found = {}
    for cell in cells:
        counts = tuple(cell.get(name) or 0 for name in MEASURES)
        if cell["stream"] == topic and cell["day"] != FENCE_DAY and any(counts):
            place = ("partition", "day", "agency", "procedure", "channel")
            found[tuple(cell[name] for name in place)] = counts
    return found


def dossier_records() -> list[Record]:
    """Dossiers that come into a cell, leave it again and come back, record by record."""
    one, two = "H07-220101-1", "H07-220101-2"
    said: list[dict[str, str]] = [
        {"kind": "step", "dossier": one, "at": "20220101080000", "status": "2"},
        {"kind": "dossier", "dossier": one, "procedure": "1.1", "channel": "2"},
        {"kind": "dossier", "dossier": two, "procedure": "1.1", "channel": "2"},
        {"kind": "dossier", "dossier": one, "procedure": "1.2"},
        {"kind": "step", "dossier": two, "at": "20220101090000", "status": "2"},
        {"kind": "dossier", "dossier": one, "procedure": "1.1"},
    ]
    return [Record(0, 2 * number, json.dumps(event).encode()) for number, event in enumerate(said)]


@pytest.mark.parametrize("others", [1, 2, 6])
def test_a_worker_that_stops_at_any_call_and_wakes_when_another_is_through_changes_nothing(others: int) -> None:
    """It was taken for dead long ago, and finishes its write as if nothing had happened."""
    records = dossier_records()
    expected = clean(Topic.DOSSIERS, records)
    for size in (1, 2, 3, 6):
        for calls in range(2 * CALLS):
            log, state = Log(Topic.DOSSIERS, records), MemoryState()
            zombie, other = (Life([each], [BOTH], {}) for each in (size, others))
            interleaved(state, log, [zombie, other], [0] * calls + [1] * 60)
            assert in_memory(state, Topic.DOSSIERS) == expected, (size, calls)


@settings(max_examples=150)
@given(histories(), counted, sizes, st.lists(lives, min_size=2, max_size=2), turns)
def test_two_workers_that_die_and_return_leave_what_one_clean_pass_leaves(
    history: History, topic: Topic, records: list[int], workers: list[Life], schedule: list[tuple[int, int]]
) -> None:
    log, state = Log(topic, logs(history, records)[topic]), MemoryState()
    play(state, log, workers, schedule)
    assert in_memory(state, topic) == clean(topic, list(log.records))


@settings(max_examples=40)
@given(histories(), counted, sizes, st.lists(lives, min_size=2, max_size=2), turns)
def test_the_same_holds_on_the_real_store(  # noqa: PLR0913, PLR0917
    client: Client,
    history: History,
    topic: Topic,
    records: list[int],
    workers: list[Life],
    schedule: list[tuple[int, int]],
) -> None:
    for table in TABLES:
        client.command(f"TRUNCATE TABLE {table}")
    log = Log(topic, logs(history, records)[topic])
    play(State(client), log, workers, schedule)
    assert in_store(client, topic) == clean(topic, list(log.records))
    assert drift(client) == []

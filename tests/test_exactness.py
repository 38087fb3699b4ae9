"""Histories through ingest, the worker's fold and a real store: SQL over cells and over facts, against the oracle."""

from collections.abc import Iterator
from typing import Any

import pytest
from clickhouse_connect.driver.client import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.figures import Scope, kpi
from dashboards.reconcile import drift
from dashboards.relations import Basis
from deploy.migrate import migrate
from metrics.period import parse
from streams.keep import keep, read
from streams.state import State, connect
from tests.oracle import Oracle, comparable
from tests.strategies import History, agencies, dimensions, histories, periods
from tests.support.log import batches, logs
from tests.support.store import store

TABLES = ("dossier", "step", "payment", "kpi_cell", "service", "agency", "dead_letter", "pipeline_progress")

Question = tuple[str, str | None, str | None]
questions = st.lists(st.tuples(periods, agencies, dimensions), min_size=2, max_size=5)
sizes = st.lists(st.integers(2, 9), min_size=1, max_size=3)
slowly = settings(max_examples=40)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with store(tmp_path_factory.mktemp("exactness")) as running:
        migrate(running.url)
        yield connect(running.url)


def load(client: Client, history: History, records: list[int], cut: list[int]) -> None:
    """Into an emptied store, as the worker would."""
    for table in TABLES:
        client.command(f"TRUNCATE TABLE {table}")
    for topic, all_records in logs(history, records).items():
        for batch in batches(all_records, cut):
            keep(State(client), read(topic, batch))


def answer(client: Client, question: Question, basis: Basis) -> list[dict[str, Any]]:
    period, agency, by = question
    rows = [reading.json() for reading in kpi(client, Scope(parse(period), agency, by), basis=basis)]
    return comparable(rows, by)


@slowly
@given(histories(), sizes, sizes, questions)
def test_sql_over_cells_and_over_facts_equals_the_oracle(
    client: Client, history: History, records: list[int], cut: list[int], asked: list[Question]
) -> None:
    load(client, history, records, cut)
    oracle = Oracle(history.files())
    for question in [("2022", None, None), ("2022", None, "procedure"), *asked]:
        expected = comparable(oracle.kpis(*question), question[2])
        assert answer(client, question, Basis.CELLS) == expected
        assert answer(client, question, Basis.FACTS) == expected
    assert drift(client) == []

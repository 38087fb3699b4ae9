"""Histories through ingest, the worker's fold and a real store: SQL over cells and over facts, against the oracle."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from clickhouse_connect.driver.client import Client
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboards.figures import Scope, kpi
from dashboards.reconcile import OF_CELLS, drift
from dashboards.relations import NAMES, PLACE, Basis
from dashboards.weighing import differing_days
from deploy.migrate import migrate
from metrics.period import containing, parse
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
    assert weighed(client) == set()
    assert drift(client) == []


lost = st.lists(
    st.tuples(
        st.sampled_from([date(2022, 6, 8), date(2022, 6, 9), date(2021, 12, 31)]),
        st.sampled_from(["H07.14", "H07.15"]),
        st.sampled_from(["1.000001", ""]),
        st.sampled_from(["1", "2"]),
        st.sampled_from(NAMES),
        st.sampled_from([1, -1, 2]),
    ),
    min_size=1,
    max_size=4,
)


Changes = list[tuple[date, str, str, str, str, int]]


def change(client: Client, changes: Changes) -> set[date]:
    """More of some cells than there is, or less; the days on which that does not cancel out."""
    left = Counter[tuple[Any, ...]]()
    for number, (*place, name, count) in enumerate(changes):
        client.insert("kpi_cell", [[f"odd {number}", *place, count]], ["stream", *PLACE, name])
        left[*place, name] += count
    return {cell[0] for cell, count in left.items() if count}


MOVED = [(date(2022, 6, 8), agency, "", "1", "paid", count) for agency, count in (("H07.14", 1), ("H07.15", -1))]


@settings(max_examples=25)
@given(lost)
@example(MOVED)
def test_days_whose_cells_differ_weigh_differently(client: Client, changes: Changes) -> None:
    client.command("TRUNCATE TABLE kpi_cell")
    client.command("TRUNCATE TABLE dossier")
    client.command("TRUNCATE TABLE payment")
    days = change(client, changes)
    assert weighed(client) == days


def weighed(client: Client) -> set[date]:
    return {day for (day,) in client.query(differing_days("day > '1970-01-01'")).result_rows}


@settings(max_examples=3)
@given(histories(), sizes, lost)
def test_drift_is_told_of_every_period_in_which_some_cell_differs(
    client: Client, history: History, records: list[int], changes: Changes
) -> None:
    load(client, history, records, [3])
    days = change(client, changes)
    told = {(each.period, each.kpi): (each.facts, each.cells) for each in drift(client, lambda _: None)}
    assert told == {
        (period.name, one.kpi.id): (fact, cell)
        for period in {period for day in days for period in containing(day)}
        for one, fact, cell in both(client, Scope(period))
        if fact != cell
    }


def test_drift_is_told_where_the_calendar_cuts_a_week(client: Client) -> None:
    for table in TABLES:
        client.command(f"TRUNCATE TABLE {table}")
    days = change(client, [(day, "H07.14", "", "1", "paid", 1) for day in (date(1901, 1, 1), date(2022, 6, 8))])
    assert {each.period for each in drift(client, lambda _: None)} == {
        period.name for day in days for period in containing(day)
    }


def both(client: Client, scope: Scope) -> Iterator[tuple[Any, Any, Any]]:
    facts, cells = (kpi(client, scope, kpis=OF_CELLS, basis=basis) for basis in (Basis.FACTS, Basis.CELLS))
    for fact, cell in zip(facts, cells, strict=True):
        yield fact, (fact.numerator, fact.denominator), (cell.numerator, cell.denominator)

"""One predicate, two readings: the fold's in Polars and the store's in SQL say the same of every row."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, assert_never

import polars as pl
import pytest
from clickhouse_connect.driver.client import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.predicate import All, AtLeast, Before, Either, Known, Not, NotAfter, OneOf, Predicate, Within
from metrics.readings.rows import rows
from metrics.readings.sql import sql
from streams.state import State, connect
from tests.support.store import store

CODES = ("1", "2", "", "a'b", "a\\b", "a\nb", "Đã trả", '"', "%", "NULL")
NOON = datetime(2022, 1, 1, 12, tzinfo=UTC)
COLUMNS: dict[str, pl.DataType] = {
    "channel": pl.String(),
    "status": pl.String(),
    "due_at": pl.Datetime("ms", "UTC"),
    "resolved_at": pl.Datetime("ms", "UTC"),
    "opens": pl.Datetime("ms", "UTC"),
    "closes": pl.Datetime("ms", "UTC"),
    "requests": pl.Int64(),
}

codes = st.sampled_from(CODES)
moments = st.sampled_from([NOON + timedelta(seconds=n) for n in (-1, 0, 1, 10**9, -(10**9) * 3)])
VALUES = {pl.String: codes, pl.Datetime: moments, pl.Int64: st.integers(-1, 2)}
things = st.fixed_dictionaries({name: st.none() | VALUES[type(kind)] for name, kind in COLUMNS.items()})
texts, dates = st.sampled_from(("channel", "status")), st.sampled_from(("due_at", "resolved_at"))
leaves = st.one_of(
    st.builds(Known, st.sampled_from(tuple(COLUMNS))),
    st.builds(OneOf, texts, st.lists(codes, min_size=1, max_size=3).map(tuple)),
    st.builds(NotAfter, dates, dates),
    st.builds(Before, dates, dates),
    st.builds(Within, dates),
    st.builds(AtLeast, st.just("requests"), st.integers(0, 2)),
)


def nested(inner: st.SearchStrategy[Predicate]) -> st.SearchStrategy[Predicate]:
    parts = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(st.builds(All, parts), st.builds(Either, parts), st.builds(Not, inner))


predicates: st.SearchStrategy[Predicate] = st.recursive(leaves, nested, max_leaves=6)


def holds(predicate: Predicate, thing: dict[str, Any]) -> bool:
    """As an official would say it, without any library."""
    match predicate:
        case Known(field):
            return thing[field] is not None
        case OneOf(field, wanted):
            return thing[field] in wanted
        case NotAfter(first, second):
            return None not in {thing[first], thing[second]} and thing[first] <= thing[second]
        case Before(first, second):
            return None not in {thing[first], thing[second]} and thing[first] < thing[second]
        case Within(field):
            known = None not in {thing["opens"], thing[field], thing["closes"]}
            return known and thing["opens"] <= thing[field] < thing["closes"]
        case AtLeast(field, number):
            return thing[field] is not None and thing[field] >= number
        case All(parts):
            return all(holds(part, thing) for part in parts)
        case Either(parts):
            return any(holds(part, thing) for part in parts)
        case Not(inner):
            return not holds(inner, thing)
        case _:
            assert_never(predicate)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with store(tmp_path_factory.mktemp("readings")) as running:
        connected = connect(running.url)
        connected.command(
            "CREATE TABLE thing (number UInt32, channel LowCardinality(Nullable(String)), status Nullable(String), "
            "due_at Nullable(DateTime64(0, 'UTC')), resolved_at Nullable(DateTime64(0, 'UTC')), "
            "opens Nullable(DateTime64(0, 'UTC')), closes Nullable(DateTime64(0, 'UTC')), requests Nullable(Int64)) "
            "ENGINE = MergeTree ORDER BY number"
        )
        yield connected


@settings(max_examples=60)
@given(st.lists(things, min_size=1, max_size=12), st.lists(predicates, min_size=1, max_size=6))
def test_polars_sql_and_common_sense_agree(client: Client, found: list[dict[str, Any]], asked: list[Predicate]) -> None:
    frame = pl.DataFrame(found, schema=COLUMNS).with_columns(number=pl.int_range(len(found), dtype=pl.UInt32))
    client.command("TRUNCATE TABLE thing")
    State(client).insert("thing", frame, ("number",))
    told = client.query(f"SELECT {', '.join(map(sql, asked))} FROM thing ORDER BY number").result_rows
    computed = frame.select(rows(predicate).alias(str(at)) for at, predicate in enumerate(asked))
    expected = [tuple(holds(predicate, thing) for predicate in asked) for thing in found]
    assert [tuple(map(bool, row)) for row in told] == expected
    assert broadcast(computed, frame.height) == expected
    assert None not in {value for row in told for value in row}


def broadcast(computed: pl.DataFrame, height: int) -> list[tuple[Any, ...]]:
    """A predicate that names no column is one literal for all rows."""
    return computed.rows() if computed.height == height else computed.rows() * height

"""A query that fails midway leaves its rows in the engine; nobody may ever see them."""

import pytest
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import DatabaseError

# Small blocks, so that many rows are already written when the failure comes.
FAILING = {
    "throwIf": "SELECT throwIf(number = 70000), 'left behind' FROM numbers(100000) SETTINGS max_block_size = 1000",
    "row cap": "SELECT number, 'left behind' FROM numbers(100000)"
    " SETTINGS max_result_rows = 5000, max_block_size = 1000",
    "time": "SELECT number, sleepEachRow(0.001), 'left behind' FROM numbers(5000)"
    " SETTINGS max_execution_time = 0.2, max_block_size = 10",
}


@pytest.mark.parametrize("failing", FAILING.values(), ids=FAILING)
@pytest.mark.parametrize("form", ["TabSeparated", "Native", "JSONEachRow", "ArrowStream"])
def test_the_answer_after_a_failure_is_clean(writer: Client, failing: str, form: str) -> None:
    for _ in range(2):
        with pytest.raises(DatabaseError):
            writer.raw_query(failing, fmt=form)
    for _ in range(4):
        assert writer.raw_query("SELECT 5") == b"5\n"


def test_the_answer_after_a_readers_failure_is_clean(reader: Client) -> None:
    failing = "SELECT throwIf(number = 190000) FROM numbers(195000)"
    over_the_cap = "SELECT number FROM numbers(1000000)"
    for sql in (failing, over_the_cap) * 2:
        with pytest.raises(DatabaseError):
            reader.raw_query(sql)
    for _ in range(4):
        assert reader.raw_query("SELECT 5") == b"5\n"


def test_the_answer_after_a_failed_insert_is_clean(writer: Client, table: str) -> None:
    rows = b"".join(b"%d\tx\n" % n for n in range(50_000)) + b"no number\tx\n"
    for _ in range(2):
        with pytest.raises(DatabaseError):
            writer.raw_insert(table, insert_block=rows, fmt="TSV")
    for _ in range(4):
        assert writer.raw_query(f"SELECT count() FROM {table}") == b"0\n"

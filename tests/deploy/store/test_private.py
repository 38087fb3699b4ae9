"""What the board keeps for itself: the reader's login, which Grafana and BI tools have, never sees it."""

import pytest
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError

QUESTIONS = (
    "SELECT password FROM board_account",
    "SELECT * FROM nhip.board_account",
    "SELECT * FROM `nhip`.`board_account`",
    'SELECT * FROM "board_account" FINAL',
    "SELECT * FROM (SELECT * FROM board_account)",
    "WITH x AS (SELECT password FROM board_account) SELECT * FROM x",
    "SELECT (SELECT any(password) FROM board_account)",
    "SELECT 'a' IN board_account",
    "SELECT 'a' IN nhip.board_account",
    "SELECT 'a' IN `nhip`.`board_account`",
    "SELECT 1 WHERE 'a' IN (SELECT name FROM board_account)",
    "SELECT number FROM numbers(1) JOIN board_account ON 1",
    "SELECT 1 UNION ALL SELECT count() FROM board_account",
    "SELECT * FROM numbers(1), board_account",
    "SELECT count() FROM merge('nhip', 'board_.*')",
    "SELECT /* x */ password FROM /* y */ board_account",
    "SELECT password FROM BOARD_ACCOUNT",
    "EXPLAIN SELECT * FROM board_account",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_reader_never_sees_an_account(reader: Client, writer: Client, question: str) -> None:
    writer.command(
        "CREATE OR REPLACE TABLE board_account (name String, password String) ENGINE = MergeTree ORDER BY name"
    )
    writer.insert("board_account", [["van-phong", "$argon2id$hash"]], column_names=["name", "password"])
    with pytest.raises(ClickHouseError):
        reader.query(question)


def test_the_reader_still_sees_its_own_columns_of_a_like_name(reader: Client, table: str) -> None:
    assert reader.query(f"SELECT count() AS dashboard_rows FROM {table}").result_rows == [(0,)]

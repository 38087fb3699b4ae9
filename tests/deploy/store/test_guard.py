"""A reader sees our tables and nothing else: no file, no network, no other caller, no change."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import DatabaseError
from clickhouse_connect.driver.external import ExternalData

from deploy.store.passed import MOST, Passed

FILES = """
SELECT file('{secret}')
SELECT `file`('{secret}')
SELECT FILE /* */ ('{secret}')
SELECT arrayMap(file, ['{secret}'])
SELECT * APPLY(file) FROM (SELECT '{secret}')
SELECT * APPLY file FROM (SELECT '{secret}')
SELECT * APPLY(x -> file(x)) FROM (SELECT '{secret}')
SELECT * REPLACE(file('{secret}') AS n) FROM seen
SELECT n, s FROM seen ORDER BY n WITH FILL FROM 1 TO 3 INTERPOLATE (s AS file('{secret}'))
SELECT n FROM seen LIMIT length(file('{secret}'))
SELECT n FROM seen LIMIT 1 BY file('{secret}')
SELECT DISTINCT ON (file('{secret}')) n FROM seen
SELECT n FROM seen PREWHERE file('{secret}') = 'x'
SELECT n FROM seen QUALIFY file('{secret}') = 'x'
SELECT n FROM seen GROUP BY GROUPING SETS ((file('{secret}')))
WITH (SELECT file('{secret}')) AS p SELECT p
WITH RECURSIVE p AS (SELECT file('{secret}')) SELECT * FROM p
SHOW TABLES WHERE file('{secret}') != ''
SHOW DATABASES WHERE name IN (SELECT file('{secret}'))
SHOW COLUMNS FROM seen WHERE file('{secret}') != ''
SELECT * FROM file('{secret}', 'LineAsString', 'x String')
SELECT * FROM "{secret}"
SELECT * FROM '{secret}'
SELECT * FROM view(SELECT file('{secret}'))
SELECT * FROM (EXPLAIN SELECT file('{secret}'))
EXPLAIN SELECT file('{secret}')
DESCRIBE (SELECT file('{secret}'))
SELECT 1 INTO OUTFILE '{made}'
SELECT 1 INTO/**/OUTFILE '{made}' FORMAT TSV
EXPLAIN SELECT 1 INTO OUTFILE '{made}'
SHOW TABLES INTO OUTFILE '{made}'
DESCRIBE seen INTO OUTFILE '{made}'
SELECT * FROM sqlite('{made}', 'x')
INSERT INTO FUNCTION file('{made}', 'TSV', 'a String') VALUES ('x')
BACKUP TABLE seen TO File('{made}')
"""
ELSEWHERE = """
SELECT * FROM url('http://127.0.0.1:1/')
SELECT * FROM s3('http://127.0.0.1:1/x')
SELECT * FROM remote('127.0.0.1', system.one)
SELECT * FROM mysql('127.0.0.1:1', 'b', 'c', 'd', 'e')
SELECT * FROM executable('x', 'TSV', 'a String')
SELECT * FROM Python('sys')
SELECT * FROM merge('system', '.*')
SELECT * FROM mergeTreeIndex(nhip, seen)
DESCRIBE TABLE url('http://127.0.0.1:1/')
EXPLAIN TABLE OVERRIDE mysql('127.0.0.1:1', 'b', 'c', 'd', 'e') PARTITION BY x
SELECT * FROM system.users
SELECT 'x' IN system.users
SELECT * FROM `system`.`processes`
SELECT * FROM system . processes
SELECT * FROM information_schema.tables
SELECT * FROM INFORMATION_SCHEMA.TABLES
SELECT * FROM {table:Identifier}
SELECT 'x' IN {table:Identifier}
SELECT joinGet('seen', 'n', 1)
SELECT dictGet('a', 'b', 1)
SELECT aiGenerate('x')
SELECT evalMLMethod(n) FROM seen
SELECT sleep(3)
SELECT sleepEachRow(1) FROM numbers(100)
"""
CHANGES = """
USE system
SET readonly = 0
KILL QUERY WHERE 1
KILL QUERY WHERE 1 SYNC
SELECT 1; DROP TABLE seen
SELECT 1; SET readonly = 0
SELECT 1 SETTINGS max_threads = 1
SELECT * FROM (SELECT 1 SETTINGS readonly = 0)
INSERT INTO seen VALUES (2, '')
INSERT INTO seen FORMAT TSV 2\tx
CREATE TABLE made (a Int8) ENGINE = Memory
CREATE TEMPORARY TABLE made (a Int8)
CREATE FUNCTION made AS x -> file(x)
DROP TABLE seen
ALTER TABLE seen DELETE WHERE 1
OPTIMIZE TABLE seen
TRUNCATE TABLE seen
RENAME TABLE seen TO unseen
EXCHANGE TABLES seen AND seen
ATTACH TABLE made
DETACH TABLE seen
SYSTEM FLUSH LOGS
SYSTEM SHUTDOWN
GRANT SELECT ON *.* TO somebody
SHOW CREATE TABLE seen
SHOW PROCESSLIST
SHOW GRANTS
BEGIN TRANSACTION
"""
# What the plugin's screens ask, and what boards are made of.
ALLOWED = """
SELECT displayName(), version(), revision(), timezone()
SHOW DATABASES
SHOW TABLES FROM "nhip"
DESC TABLE "nhip"."seen"
EXISTS TABLE seen
SELECT name, type FROM system.columns WHERE database = 'nhip' AND table = 'seen'
SELECT name FROM system.functions LIMIT 1
SELECT DISTINCT s FROM nhip.seen LIMIT 1000
SELECT s, count() FROM seen FINAL GROUP BY s
WITH x AS (SELECT n FROM seen) SELECT * FROM x JOIN seen USING n
SELECT n FROM seen WHERE n IN (SELECT number FROM numbers(5)) UNION ALL SELECT 5
EXPLAIN SELECT n FROM seen
SELECT 'a; b', 'it''s file', concat('đúng hạn', '\\n', 'x') /* c */ -- d
SELECT intDiv(1000 * sum(n), nullIf(sum(n), 0)) / 10 AS value, toDateTime(1700000000, 'Asia/Ho_Chi_Minh') FROM seen
SELECT arrayMap(x -> x + 1, [1, 2]), if(n > 1, 'x', 'y'), format('{} {}', 'a', 'b') AS `file` FROM seen
SELECT n, row_number() OVER (PARTITION BY s ORDER BY n) FROM seen FORMAT JSON
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.fixture(autouse=True)
def seen(writer: Client) -> Iterator[None]:
    writer.command("CREATE OR REPLACE TABLE seen (n UInt64, s String) ENGINE = ReplacingMergeTree ORDER BY n")
    writer.command("INSERT INTO seen VALUES (1, 'x')")
    yield
    assert writer.query("SELECT * FROM seen").result_rows == [(1, "x")]


def refused(reader: Client, sql: str) -> str:
    with pytest.raises(DatabaseError) as caught:
        reader.raw_query(sql, {"table": "system.users"})
    return str(caught.value)


def test_no_file_is_read_or_made(reader: Client, tmp_path: Path) -> None:
    secret, made = tmp_path / "secret", tmp_path / "made"
    secret.write_text("a thing nobody may read")
    for attack in lines(FILES):
        assert "nobody may read" not in refused(reader, attack.format(secret=secret, made=made)), attack
    assert not made.exists()


@pytest.mark.parametrize("attack", [*lines(ELSEWHERE), *lines(CHANGES)])
def test_nothing_else_is_seen_or_changed(reader: Client, attack: str) -> None:
    assert "DB::Exception" in refused(reader, attack)
    assert reader.command("SELECT currentDatabase()") == "nhip"


def test_no_table_may_be_brought_along(reader: Client) -> None:
    data = ExternalData(file_name="mine", data=b"1\n", fmt="TSV", structure="n UInt64")
    with pytest.raises(DatabaseError, match="164"):
        reader.query("SELECT * FROM mine", external_data=data)


@pytest.mark.parametrize("asked", lines(ALLOWED))
def test_what_boards_ask_is_answered(reader: Client, asked: str) -> None:
    assert reader.raw_query(asked)


def test_rows_are_capped(reader: Client) -> None:
    assert reader.raw_query("SELECT count() FROM (SELECT number FROM numbers(1000000))") == b"1000000\n"
    assert "396" in refused(reader, "SELECT number FROM numbers(1000000)")


@pytest.mark.parametrize("kind", ["Identifier", " Identifier ", "identifier"])
def test_what_was_let_pass_for_one_table_is_judged_again_for_another(reader: Client, kind: str) -> None:
    asked = f"SELECT count() FROM {{table:{kind}}}"
    for _ in range(2):
        with suppress(DatabaseError):
            assert reader.raw_query(asked, {"table": "seen"}) == b"1\n"
        assert "DB::Exception" in refused(reader, asked)


def test_parameters_change_the_answer_of_what_was_let_pass(reader: Client) -> None:
    asked = "SELECT {n:UInt8} + 1"
    assert [reader.raw_query(asked, {"n": n}) for n in (1, 2)] == [b"2\n", b"3\n"]
    assert "DB::Exception" in refused(reader, asked)  # no longer what it was: a parameter is missing


def test_only_the_last_texts_are_remembered() -> None:
    passed = Passed()
    for number in range(MOST + 1):
        passed.note(f"SELECT {number}")
    assert [passed.knows(f"SELECT {number}") for number in (0, 1, MOST)] == [False, True, True]
    assert not passed.knows("SELECT -1")

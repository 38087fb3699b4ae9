"""clickhouse-connect, end to end: what every other part of the product relies on."""

from datetime import UTC, datetime

import clickhouse_connect
import polars as pl
import pytest
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import DatabaseError
from clickhouse_connect.driver.external import ExternalData

from tests.support.store import RunningStore

ROWS = pl.DataFrame({"n": [1, 2, 3], "s": ["một", None, "it's\t\\n"]}, schema_overrides={"n": pl.UInt64})
OLDEST = pl.CompatLevel.oldest()


def arrow(frame: pl.DataFrame) -> bytes:
    return frame.write_ipc_stream(None, compat_level=OLDEST).getvalue()


def test_rows_come_back_as_they_went(writer: Client, table: str) -> None:
    summary = writer.insert(table, ROWS.rows(), column_names=ROWS.columns)
    assert summary.written_rows == 3
    assert writer.query(f"SELECT * FROM {table}").result_rows == ROWS.rows()


def test_arrow_comes_back_as_it_went(writer: Client, table: str) -> None:
    writer.insert_arrow(table, ROWS.to_arrow(compat_level=OLDEST))
    assert pl.DataFrame(writer.query_arrow(f"SELECT * FROM {table}")).equals(ROWS)
    raw = writer.raw_query(f"SELECT * FROM {table}", fmt="ArrowStream")
    assert pl.read_ipc_stream(raw).equals(ROWS)


@pytest.mark.parametrize("block", [b'{"n":1,"s":"a"}\n{"n":2}\n', '{"n":1}\n{"n":2}\n'])
def test_raw_rows_follow_the_statement(writer: Client, table: str, block: bytes | str) -> None:
    writer.raw_insert(table, ["n", "s"], block, fmt="JSONEachRow")
    assert writer.command(f"SELECT sum(n) FROM {table}") == 3


@pytest.mark.parametrize("compress", ["lz4", "gzip"])
def test_compressed_inserts_are_read(running: RunningStore, table: str, compress: str) -> None:
    with clickhouse_connect.get_client(dsn=running.url, compress=compress) as client:
        client.insert(table, ROWS.rows(), column_names=ROWS.columns)
        assert client.command(f"SELECT count() FROM {table}") == 3


def test_an_encoding_we_do_not_read_is_refused(running: RunningStore, table: str) -> None:
    with (
        clickhouse_connect.get_client(dsn=running.url, compress="zstd") as client,
        pytest.raises(DatabaseError, match="Content-Encoding"),
    ):
        client.insert(table, ROWS.rows(), column_names=ROWS.columns)


def test_parameters_are_values_and_never_text(writer: Client) -> None:
    text, moment = "'; DROP TABLE x\t\\ --\n", datetime(2024, 2, 29, 17, tzinfo=UTC)
    asked = "SELECT {text:String}, {ids:Array(String)}, {none:Nullable(String)}, {at:DateTime('UTC')}"
    given = {"text": text, "ids": ["a'b", ""], "none": None, "at": moment}
    assert writer.query(asked, given, tz_mode="aware").result_rows == [(text, ["a'b", ""], None, moment)]


def test_external_rows_are_a_table_for_one_question(writer: Client, table: str) -> None:
    writer.insert_arrow(table, ROWS.to_arrow(compat_level=OLDEST))
    touched = ExternalData(
        file_name="touched", data=arrow(ROWS.select("n").head(2)), fmt="ArrowStream", structure="n UInt64"
    )
    touched.add_file(file_name="plain.tsv", data=b"7\n\n", fmt="TSV", types=["String"])
    asked = f"SELECT count(), (SELECT count() FROM plain) FROM {table} WHERE n IN (SELECT n FROM touched)"
    for _ in range(3):
        assert writer.query(asked, external_data=touched).result_rows == [(2, 2)]
    assert writer.raw_query(f"{asked} AND s != '{'long' * 20_000}'", external_data=touched) == b"1\t2\n"
    for _ in range(4):
        with pytest.raises(DatabaseError, match="touched"):
            writer.query("SELECT * FROM touched")


def test_external_tables_go_away_after_a_failure(writer: Client) -> None:
    for bad in (b"1\n", b"not a number\n"):
        data = ExternalData(file_name="gone", data=bad, fmt="TSV", structure="n UInt64")
        for _ in range(4):
            with pytest.raises(DatabaseError):
                writer.query("SELECT throwIf(n = 1) FROM gone", external_data=data)
    assert writer.command("SELECT count() FROM system.tables WHERE is_temporary") == 0


def test_many_rows_are_one_part(writer: Client, table: str) -> None:
    """One block a request, hence all rows or none."""
    lines = b"".join(b'{"n":%d,"s":"some text"}\n' % n for n in range(1_200_000))
    writer.command(f"SYSTEM STOP MERGES {table}")
    writer.raw_insert(table, insert_block=lines, fmt="JSONEachRow")
    writer.raw_insert(table, insert_block=arrow(pl.DataFrame({"n": range(1_200_000)})), fmt="ArrowStream")
    parts = f"SELECT groupArray(rows) FROM system.parts WHERE table = '{table}' AND active"
    assert writer.query(parts).result_rows == [([1_200_000, 1_200_000],)]


def test_rows_that_end_badly_leave_nothing(writer: Client, table: str) -> None:
    many = arrow(pl.concat([ROWS] * 100_000, rechunk=False))
    with pytest.raises(DatabaseError):
        writer.raw_insert(table, insert_block=many[:-1000], fmt="ArrowStream")
    assert writer.command(f"SELECT count() FROM {table}") == 0


def test_faults_name_their_code(writer: Client) -> None:
    with pytest.raises(DatabaseError, match="Unknown expression identifier `nope`") as caught:
        writer.query("SELECT nope")
    assert caught.value.code == 47


def test_an_unknown_database_is_a_fault_and_leaves_no_mark(running: RunningStore, writer: Client) -> None:
    with pytest.raises(DatabaseError, match="81"):
        clickhouse_connect.get_client(dsn=running.url.replace("/nhip", "/elsewhere"))
    assert {writer.command("SELECT currentDatabase()") for _ in range(3)} == {"nhip"}


def test_two_statements_are_refused(writer: Client, table: str) -> None:
    with pytest.raises(DatabaseError, match="Multi-statements"):
        writer.command(f"SELECT 1; DROP TABLE {table}")
    assert writer.command(f"SELECT count() FROM {table} -- ; \n") == 0


def test_a_reader_reads_and_nothing_else(writer: Client, reader: Client, table: str) -> None:
    writer.insert(table, ROWS.rows(), column_names=ROWS.columns)
    assert reader.query(f"SELECT max(n) FROM {table} WHERE n < {{n:UInt64}}", {"n": 3}).result_rows == [(2,)]
    with pytest.raises(DatabaseError) as caught:
        reader.insert(table, ROWS.rows(), column_names=ROWS.columns)
    assert caught.value.code == 164

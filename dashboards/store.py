"""The dashboards' way to ClickHouse: questions with parameters, answers as tuples."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import clickhouse_connect
import polars as pl
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError
from opentelemetry import trace

from metrics.errors import Unavailable

TRACER = trace.get_tracer("nhip.dashboards")


def connect(url: str, patience: float = 300.0) -> Client:
    """A client for `http://user:password@host:port/database` that waits so many seconds for an answer."""
    try:
        return clickhouse_connect.get_client(
            dsn=url,
            interface=urlsplit(url).scheme,  # by the address alone it speaks TLS at the usual ports only
            compress=False,
            autogenerate_session_id=False,
            connect_timeout=5,
            send_receive_timeout=patience,
        )
    except ClickHouseError as error:
        raise unavailable(error) from error


@TRACER.start_as_current_span("ask the store")
def ask(client: Client, question: str, **parameters: Any) -> list[tuple[Any, ...]]:
    """All rows. What a user said is always a parameter, never part of the question's text."""
    try:
        rows = [tuple(row) for row in client.query(question, parameters=parameters).result_rows]
    except ClickHouseError as error:
        raise unavailable(error) from error
    trace.get_current_span().set_attribute("nhip.rows", len(rows))
    return rows


@TRACER.start_as_current_span("ask the store for a table")
def frame(client: Client, question: str, schema: Mapping[str, pl.DataType], **parameters: Any) -> pl.DataFrame:
    """The same, as columns: where rows are many."""
    try:
        answer = client.raw_query(question, parameters=parameters, fmt="ArrowStream")
    except ClickHouseError as error:
        raise unavailable(error) from error
    found = pl.read_ipc_stream(answer) if answer else pl.DataFrame(schema=schema)
    return found.select(pl.col(name).cast(kind) for name, kind in schema.items())


def add(client: Client, table: str, rows: Sequence[Sequence[Any]], columns: Sequence[str]) -> None:
    """New rows; none is ever changed."""
    try:
        client.insert(table, rows, column_names=columns)
    except ClickHouseError as error:
        raise unavailable(error) from error


def tell(client: Client, statement: str, **parameters: Any) -> None:
    """A statement whose work the store does by itself."""
    try:
        client.command(statement, parameters=parameters)
    except ClickHouseError as error:
        raise unavailable(error) from error


def unavailable(error: Exception) -> Unavailable:
    return Unavailable(f"the store does not answer: {str(error).splitlines()[0][:300]}; is it running? try again")

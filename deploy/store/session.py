"""One connection to the engine. It serves one caller at a time: the pool sees to that.

Nothing of a caller may stay behind: no rows of a failed query, no temporary table.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import chdb

from deploy.store.faults import Fault, of_engine


@dataclass(frozen=True)
class Answer:
    """The bytes of the reply and how many rows were read or written for it."""

    body: bytes
    read_rows: int = 0
    written_rows: int = 0


@dataclass(frozen=True)
class Rows:
    """Encoded rows that came with a request, to be added to a table."""

    into: str
    format: str
    data: bytes


@dataclass(frozen=True)
class External:
    """A table that lives for one query: its columns, as in CREATE TABLE, and its rows."""

    name: str
    columns: str
    format: str
    data: bytes


class Session:
    """An open connection with its own settings and its own current database."""

    def __init__(self, address: str, statements: Sequence[str]) -> None:
        self._connection: Any = chdb.connect(address)  # type: ignore[no-untyped-call]
        self._database = "default"
        self._dirty = False
        for statement in statements:
            self.ask(statement)

    def ask(self, sql: str, form: str = "TabSeparated", params: Mapping[str, str] | None = None) -> Answer:
        with self._clean():
            result = self._connection.query(sql, form, params=dict(params or {}))
            return Answer(result.bytes(), result.rows_read(), result.rows_written())

    def insert(self, rows: Rows) -> Answer:
        """All rows or none: one block while they are fewer than `min_insert_block_size_rows`."""
        with self._clean(), self._connection.send_insert(rows.into, rows.format) as inserter:
            if rows.data:
                inserter.append(rows.data)
            return Answer(b"", written_rows=inserter.finish().rows_written)

    def use(self, database: str) -> None:
        if database != self._database:
            self.ask(f"USE {quoted(database)}")
            self._database = database

    @contextmanager
    def with_tables(self, tables: Sequence[External]) -> Iterator[None]:
        """The tables exist for this connection only, and only inside this block."""
        try:
            for table in tables:
                self.ask(f"CREATE OR REPLACE TEMPORARY TABLE {quoted(table.name)} ({table.columns}) ENGINE = Memory")
                self.insert(Rows(f"INSERT INTO {quoted(table.name)}", table.format, table.data))
            yield
        finally:
            for table in tables:
                self.ask(f"DROP TEMPORARY TABLE IF EXISTS {quoted(table.name)}")

    @contextmanager
    def _clean(self) -> Iterator[None]:
        """A query that fails midway leaves its rows in front of the next answer: drop them before there is one."""
        try:
            if self._dirty:
                self._connection.query("SELECT 1", "Null")
            self._dirty = True
            yield
            self._dirty = False
        except RuntimeError as error:
            raise of_engine(error) from error


def quoted(name: str) -> str:
    if "`" in name or "\\" in name:
        raise Fault(36, "A name with a backtick or a backslash is not accepted")
    return f"`{name}`"

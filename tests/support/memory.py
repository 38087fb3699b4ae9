"""A store kept in dictionaries, for trying the worker's order of effects quickly and with accidents at will.

As in ClickHouse, an insert is whole or not at all, and of the rows with one key the highest version counts.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import polars as pl

from metrics.entity import Entity
from metrics.errors import Unavailable
from metrics.measure import Stream, measures_of
from streams.cells import KEY
from streams.decode import dtype

KEYS = {
    "dossier": ("dossier",),
    "payment": ("transaction",),
    "request": ("at", "page", "procedure"),
    "service": ("procedure", "valid_from"),
    "agency": ("agency", "valid_from"),
    "step": ("dossier", "at", "status"),
    "apology": ("dossier", "sent_at"),
    "rating": ("dossier", "question", "at"),
    "petition": ("petition",),
    "kpi_cell": ("stream", *KEY),
    "dead_letter": ("source", "line"),
    "pipeline_progress": ("stream", "partition"),
}

Row = dict[str, Any]
Key = tuple[Any, ...]


class MemoryState:
    """Stands in for streams.state.State. `accident` is called with the table around each insert and may raise."""

    def __init__(self, accident: Callable[[str], None] = lambda _: None) -> None:
        self.tables: dict[str, dict[Key, Row]] = {table: {} for table in KEYS}
        self.accident = accident

    def insert(self, table: str, frame: pl.DataFrame, key: Sequence[str]) -> None:
        if frame.is_empty():
            return
        self.accident(table)
        assert set(key) <= set(frame.columns)
        rows = self.tables[table]
        for row in frame.iter_rows(named=True):
            place = tuple(row[name] for name in KEYS[table])
            if place not in rows or _version(row) >= _version(rows[place]):
                rows[place] = row
        self.accident(table)

    def facts(self, entity: Entity, touched: pl.DataFrame) -> pl.DataFrame:
        wanted = set(touched.select(entity.key).iter_rows())
        rows = [row for key, row in self.tables[entity.table].items() if key in wanted]
        schema = {name: dtype(name) for name in entity.columns} | {"version": pl.UInt64()}
        return _frame(rows, schema)

    def cells(self, stream: Stream, touched: pl.DataFrame) -> pl.DataFrame:
        wanted = set(touched.select(KEY).iter_rows())
        rows = [
            row for key, row in self.tables["kpi_cell"].items() if key[0] == stream.topic.value and key[1:] in wanted
        ]
        schema: dict[str, pl.DataType] = {"partition": pl.UInt16(), "day": pl.Date()}
        schema |= dict.fromkeys(KEY[2:], pl.String()) | {m.name: pl.Int64() for m in measures_of(stream)}
        schema |= {"version": pl.UInt64()}
        return _frame(rows, schema)


def _frame(rows: list[Row], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    return pl.DataFrame([{name: row[name] for name in schema} for row in rows], schema=schema)


def _version(row: Row) -> int:
    return int(row["version"] if "version" in row else row["next_offset"])


class Accidents:
    """Raises Unavailable at the given calls, counted for each table from 0 over the whole run."""

    def __init__(self, at: set[tuple[str, int]]) -> None:
        self.at = at
        self.calls: Counter[str] = Counter()

    def __call__(self, table: str) -> None:
        call = (table, self.calls[table])
        self.calls[table] += 1
        if call in self.at:
            message = f"an accident at {call}"
            raise Unavailable(message)

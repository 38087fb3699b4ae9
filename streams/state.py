"""The worker's side of ClickHouse: prior rows of the touched things, new rows. All over HTTP, as columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import clickhouse_connect
import polars as pl
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError
from clickhouse_connect.driver.external import ExternalData

from metrics.entity import Entity, Type, type_of
from metrics.errors import Unavailable
from metrics.measure import Stream, measures_of
from streams.cells import KEY
from streams.decode import dtype

_COLUMN = {Type.TEXT: "String", Type.DATE: "Date32", Type.MOMENT: "DateTime64(0, 'UTC')"}
_UNCOMPRESSED = " SETTINGS output_format_arrow_compression_method = 'none'"
_CELL_COLUMN = {
    "partition": "UInt16",
    "day": "Date32",
    "agency": "String",
    "procedure": "String",
    "channel": "String",
}


def connect(url: str) -> Client:
    """A client for `http://user:password@host:port/database`; uncompressed, since most stores are near."""
    try:
        return clickhouse_connect.get_client(
            dsn=url,
            interface=urlsplit(url).scheme,  # by the address alone it speaks TLS at the usual ports only
            compress=False,
            autogenerate_session_id=False,
        )
    except ClickHouseError as error:
        raise unavailable(error) from error


@dataclass(frozen=True, slots=True)
class State:
    """Facts and cells in a ClickHouse database."""

    client: Client

    def facts(self, entity: Entity, touched: pl.DataFrame) -> pl.DataFrame:
        """The newest row of each touched key that has one, with its version."""
        key = ", ".join(entity.key)
        query = (
            f"SELECT {', '.join(entity.columns)}, version FROM {entity.table} "
            f"WHERE ({key}) IN (SELECT {key} FROM touched) ORDER BY version DESC LIMIT 1 BY {key}"
        )
        structure = [f"{name} {_COLUMN[type_of(name)]}" for name in entity.key]
        schema = {name: dtype(name) for name in entity.columns} | {"version": pl.UInt64()}
        return self._read(query, touched.select(entity.key), structure, schema)

    def share_of_facts(self, entity: Entity, piece: int, pieces: int) -> pl.DataFrame:
        """One of `pieces` shares of all newest rows."""
        query = (
            f"SELECT {', '.join(entity.columns)} FROM {entity.table} FINAL "
            f"WHERE cityHash64({entity.key[0]}) % {pieces} = {piece}"
        )
        return self._answer(query, {name: dtype(name) for name in entity.columns})

    def cells(self, stream: Stream, touched: pl.DataFrame) -> pl.DataFrame:
        """The absolute values of the touched cells that exist, with their versions: all of one moment."""
        names = [measure.name for measure in measures_of(stream)]
        key = ", ".join(KEY)
        query = (
            f"SELECT {key}, {', '.join(names)}, version FROM kpi_cell WHERE stream = '{stream.topic}' "
            f"AND ({key}) IN (SELECT {key} FROM touched) ORDER BY version DESC LIMIT 1 BY {key}"
        )
        structure = [f"{name} {_CELL_COLUMN[name]}" for name in KEY]
        schema = _cell_schema(names)
        return self._read(query, touched.select(KEY), structure, schema)

    def insert(self, table: str, frame: pl.DataFrame, key: Sequence[str]) -> None:
        """One block, all of it or nothing; in the table's order, which halves what the store has to do."""
        if frame.is_empty():
            return
        block = frame.sort(key).write_ipc_stream(None, compat_level=pl.CompatLevel.oldest()).getvalue()
        try:
            self.client.raw_insert(table, frame.columns, block, fmt="ArrowStream")
        except ClickHouseError as error:
            raise unavailable(error) from error

    def _read(
        self, query: str, touched: pl.DataFrame, structure: list[str], schema: dict[str, pl.DataType]
    ) -> pl.DataFrame:
        block = touched.write_ipc_stream(None, compat_level=pl.CompatLevel.oldest()).getvalue()
        external = ExternalData(file_name="touched", data=block, fmt="ArrowStream", structure=structure)
        return self._answer(query, schema, external)

    def _answer(self, query: str, schema: dict[str, pl.DataType], external: ExternalData | None = None) -> pl.DataFrame:
        try:
            answer = self.client.raw_query(query + _UNCOMPRESSED, fmt="ArrowStream", external_data=external)
        except ClickHouseError as error:
            raise unavailable(error) from error
        if not answer:
            return pl.DataFrame(schema=schema)
        return pl.read_ipc_stream(answer).select(pl.col(name).cast(kind) for name, kind in schema.items())


def _cell_schema(names: Sequence[str]) -> dict[str, pl.DataType]:
    key: dict[str, pl.DataType] = {"partition": pl.UInt16(), "day": pl.Date()}
    return key | dict.fromkeys(KEY[2:], pl.String()) | dict.fromkeys(names, pl.Int64()) | {"version": pl.UInt64()}


def unavailable(error: Exception) -> Unavailable:
    """The store does not answer, or not as it should: the batch is tried again and never acknowledged."""
    return Unavailable(f"the store refused or is away: {str(error).splitlines()[0][:300]}")

"""A backup out of a store that may be written to meanwhile."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pyarrow.parquet as pq  # type: ignore[import-untyped]
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError
from urllib3.exceptions import HTTPError

from deploy.backup.manifest import File, Manifest
from deploy.backup.tables import RECORD, Table, pieces, tables
from metrics.errors import Misconfigured, Unavailable

Tell = Callable[[str], None]


def save(client: Client, folder: Path, topics: str, at: datetime, tell: Tell) -> Manifest:
    """Into a new folder that only its owner can read: it holds dossier codes and the accounts' password hashes."""
    if folder.exists() and any(folder.iterdir()):
        raise Misconfigured([f"{folder} is not empty: a backup gets a folder of its own"])
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with explained():
        schema = client.query(f"SELECT max(number) FROM {RECORD}").result_rows[0][0]
        saved = {table.name: tuple(_saved(client, folder, table, tell)) for table in tables(client)}
    done = Manifest(made_at=at, schema_number=schema, topics=topics, tables=saved)
    done.write(folder)
    return done


def _saved(client: Client, folder: Path, table: Table, tell: Tell) -> Iterator[File]:
    if table.rows:
        tell(f"{table.name}: {table.rows} rows…")
    for number, piece in enumerate(pieces(client, table)):
        content = client.raw_query(f"SELECT * FROM {table.name} WHERE {piece}", fmt="Parquet")
        rows = pq.ParquetFile(BytesIO(content)).metadata.num_rows
        if rows:
            path = folder / f"{table.name}-{number:04}.parquet"
            path.write_bytes(content)
            yield File(name=path.name, rows=rows, bytes=len(content), sha256=hashlib.sha256(content).hexdigest())


@contextmanager
def explained() -> Iterator[None]:
    try:
        yield
    except (ClickHouseError, HTTPError) as error:
        raise Unavailable(f"the store does not answer: {str(error).splitlines()[0][:300]}; is it running?") from error

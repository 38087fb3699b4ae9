"""A backup into a store. No worker may run meanwhile; afterwards workers go on where the backup's progress stands."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from clickhouse_connect.driver.client import Client

from deploy.backup.manifest import Backup
from deploy.backup.save import explained
from deploy.backup.tables import CELLS, FROM_LOG, PROGRESS, RECORD, SEEDED, tables
from metrics.errors import Misconfigured
from streams.recount import recount
from streams.state import State

Tell = Callable[[str], None]
STAGE = "restore_stage"


def require_room(client: Client, backup: Backup, *, force: bool) -> None:
    """Nothing that anybody wrote is lost unless he says so."""
    with explained():
        newest = client.query(f"SELECT max(number) FROM {RECORD}").result_rows[0][0]
        full = [table.name for table in tables(client) if table.rows and table.name not in SEEDED]
    if backup.said.schema_number > newest:
        raise Misconfigured(
            [f"the backup is of a newer nhip (migration {backup.said.schema_number}, here {newest}): upgrade"]
        )
    if full and not force:
        raise Misconfigured([f"the store is not empty ({', '.join(full)}): --force replaces what it holds"])


def restore(client: Client, backup: Backup, wanted: Sequence[str], tell: Tell, *, new_log: bool) -> None:
    """Replace these tables by the backup's; one that the backup does not know stays empty.

    `new_log` where the topics were made anew and offsets begin again: then no row has read anything of them yet. Cells
    are counted from the facts then, as there is no log from which either could catch up with the other.
    """
    with explained():
        for table in wanted:
            client.command(f"TRUNCATE TABLE {table}")
        for table in wanted:
            files = backup.files(table)
            if files:
                tell(f"{table}: {backup.said.rows(table)} rows…")
            if not new_log or table not in FROM_LOG:
                for file in files:
                    client.raw_insert(table, insert_block=file.read_bytes(), fmt="Parquet")
            elif table != CELLS:
                _begin_anew(client, files, table)
    if new_log:
        recount(State(client))


def _begin_anew(client: Client, files: Sequence[Path], table: str) -> None:
    counted = "next_offset" if table == PROGRESS else "version"
    with _stage(client, table):
        for file in files:
            client.raw_insert(STAGE, insert_block=file.read_bytes(), fmt="Parquet")
            client.command(
                f"INSERT INTO {table} SELECT * REPLACE (toUInt64(0) AS {counted}) FROM {STAGE} FINAL "
                "SETTINGS min_insert_block_size_rows = 200000"
            )
            client.command(f"TRUNCATE TABLE {STAGE}")


@contextmanager
def _stage(client: Client, table: str) -> Iterator[None]:
    """The newest rows alone may pass: once their versions are gone they cannot be told from older ones."""
    client.command(f"DROP TABLE IF EXISTS {STAGE}")
    client.command(f"CREATE TABLE {STAGE} AS {table}")
    try:
        yield
    finally:
        client.command(f"DROP TABLE IF EXISTS {STAGE}")


def reached(client: Client, places: Mapping[tuple[str, int], int]) -> dict[tuple[str, int], int]:
    """Where workers have to go on: the progress that is in the store, the given offset where there is none."""
    with explained():
        rows = client.query(f"SELECT stream, partition, max(next_offset) FROM {PROGRESS} GROUP BY ALL").result_rows
    return {**places, **{(stream, partition): offset for stream, partition, offset in rows}}

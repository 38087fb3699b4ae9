"""Which tables a backup holds, in which order, and cut into which pieces."""

from collections.abc import Iterator
from dataclasses import dataclass

from clickhouse_connect.driver.client import Client

from streams.keep import ENTITIES
from streams.logs import OF_DOSSIERS

CELLS, PROGRESS, RECORD = "kpi_cell", "pipeline_progress", "schema_migration"
LOGS = (*(table for table, *_ in OF_DOSSIERS), "dead_letter")
FROM_LOG = (*(entity.table for known in ENTITIES.values() for entity in known), *LOGS, CELLS, PROGRESS)
"""What workers write from the topics: `version` (of progress `next_offset`) counts records of the topics."""
SEEDED = frozenset({"calendar_day", "calendar_hours"})
"""What a migration fills: a store that holds nothing else is empty."""
AT_ONCE = 500_000
"""Rows in one answer: some 50 MB of the widest table."""


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    rows: int
    first_key: str


def tables(client: Client) -> list[Table]:
    """Progress first, cells last: the reverse of the order in which a worker writes.

    What is read while workers write is then as if a worker had been killed there: cells at least as new as the facts,
    facts at least as new as the progress. From that workers go on exactly.
    """
    found = client.query(
        "SELECT name, total_rows, splitByString(', ', sorting_key)[1] FROM system.tables "
        f"WHERE database = currentDatabase() AND engine LIKE '%MergeTree' AND name != '{RECORD}' "
        f"ORDER BY name = '{PROGRESS}' DESC, name = '{CELLS}', name"
    )
    return [Table(*row) for row in found.result_rows]


def pieces(client: Client, table: Table) -> Iterator[str]:
    """Conditions that share out the rows. A partition's cells and its fence stay in one answer: they say one thing."""
    if table.name == CELLS:
        yield from (f"partition = {partition}" for partition in partitions(client))
    else:
        number = table.rows // AT_ONCE + 1
        yield from (f"cityHash64({table.first_key}) % {number} = {piece}" for piece in range(number))


def partitions(client: Client) -> list[int]:
    return [row[0] for row in client.query(f"SELECT DISTINCT partition FROM {CELLS} ORDER BY 1").result_rows]

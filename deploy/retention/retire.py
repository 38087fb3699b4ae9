"""Puts pseudonyms in the place of codes, table by table, while no worker runs.

A table is copied with other codes in it and then exchanged for the copy: whoever reads sees one or the other. Where it
is broken off, the next run does the rest, since the same code gets the same pseudonym.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from clickhouse_connect.driver.client import Client

from deploy.backup.save import explained
from deploy.backup.tables import CELLS
from deploy.replicated import replicated
from deploy.retention.places import OF_FACTS, Place, by_table, past
from deploy.retention.pseudonym import Pseudonyms
from streams.recount import recount
from streams.state import State

Tell = Callable[[str], None]
STAGE = "board_retired"
"""Code and pseudonym, in memory only, and hidden from readers by its name."""
AT_ONCE = 100_000


@dataclass(frozen=True, slots=True)
class Store:
    """One to write to; `cluster` is ClickHouse's own name of one whose replicas all hold the tables."""

    client: Client
    cluster: str = ""

    def run(self, statement: str) -> None:
        self.client.command(replicated(statement, self.cluster) if self.cluster else statement)

    def copied(self, table: str, fill: Callable[[str], None]) -> None:
        """The table is what `fill` makes of its empty copy."""
        copy = f"{table}_retained"
        self.run(f"DROP TABLE IF EXISTS {copy} SYNC")
        self.run(f"CREATE TABLE {copy} AS {table}")
        fill(copy)
        self.run(f"EXCHANGE TABLES {table} AND {copy}")
        self.run(f"DROP TABLE {copy} SYNC")


def found(client: Client, cut: datetime) -> dict[str, int]:
    """How many names of each kind are past their term."""
    with explained():
        rows = client.query(f"SELECT kind, count() FROM ({past(cut)}) GROUP BY kind ORDER BY kind").result_rows
    return {str(kind): int(count) for kind, count in rows}


def retire(store: Store, cut: datetime, pseudonyms: Pseudonyms, tell: Tell) -> dict[str, int]:
    """Rows of each table that got other codes. Figures are what they were: nothing is counted by code alone."""
    with explained():
        try:
            _stage(store, cut, pseudonyms)
            return {table: _exchanged(store, table, places, tell) for table, places in by_table()}
        finally:
            store.run(f"DROP TABLE IF EXISTS {STAGE} SYNC")


def _stage(store: Store, cut: datetime, pseudonyms: Pseudonyms) -> None:
    store.run(f"DROP TABLE IF EXISTS {STAGE} SYNC")
    store.client.command(
        f"CREATE TABLE {STAGE} (name String, instead String) ENGINE = Join(ANY, LEFT, name) SETTINGS persistent = 0"
    )
    with store.client.query_row_block_stream(past(cut)) as blocks:
        for block in blocks:
            for at in range(0, len(block), AT_ONCE):
                rows = [(f"{kind}:{name}", pseudonyms.of(kind, name)) for kind, name in block[at : at + AT_ONCE]]
                store.client.insert(STAGE, rows, column_names=["name", "instead"])


def _exchanged(store: Store, table: str, places: Iterable[Place], tell: Tell) -> int:
    touched = " OR ".join(f"{_instead(place)} != ''" for place in places)
    rows = int(store.client.query(f"SELECT count() FROM {table} WHERE {touched}").result_rows[0][0])
    if not rows:
        return 0
    tell(f"{table}: {rows} rows…")
    again = _come_again(store.client, table, places)
    others = ", ".join(f"{_replaced(place)} AS {place.column}" for place in places)
    store.copied(table, lambda copy: store.run(_copy(table, copy, others, again)))
    if again and table != "petition":
        store.copied(CELLS, lambda copy: recount(State(store.client), copy))
    return rows


def _instead(place: Place) -> str:
    return f"joinGet('{STAGE}', 'instead', concat('{place.kind}:', {place.name}))"


def _replaced(place: Place) -> str:
    return f"if({_instead(place)} = '', {place.column}, {place.with_name(_instead(place))})"


def _come_again(client: Client, table: str, places: Iterable[Place]) -> str:
    """SQL for rows of facts that are there under their pseudonym already, if any: old lines were loaded again.

    What was known when the term ended stays; what came later was counted twice, and is taken away.
    """
    key = next((place for place in places if OF_FACTS.get(table) == place.column), None)
    if key is None:
        return ""
    there = f"{_instead(key)} IN (SELECT {key.column} FROM {table})"
    return there if client.query(f"SELECT count() FROM {table} WHERE {there}").result_rows[0][0] else ""


def _copy(table: str, copy: str, others: str, without: str) -> str:
    kept = f" WHERE NOT ({without})" if without else ""
    rows = f"SELECT * REPLACE ({others}) FROM {table}{kept}"
    return f"INSERT INTO {copy} {rows} SETTINGS min_insert_block_size_rows = 200000"

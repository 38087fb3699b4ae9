"""Migrations beside processes of the version before: one who migrates at a time, and nothing in use is changed.

They can live with what is added: tables, views, columns. Anything else needs them to stop first.
"""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError

from metrics.errors import Misconfigured, Unavailable

ADDS = re.compile(
    r"(CREATE TABLE IF NOT EXISTS|CREATE (MATERIALIZED )?VIEW IF NOT EXISTS|CREATE OR REPLACE VIEW|INSERT INTO) ",
    re.IGNORECASE,
)
ALTERS = re.compile(r"ALTER TABLE \S+ (.*)", re.IGNORECASE)
CHANGES = re.compile(r", (?=(?:ADD|MODIFY|DROP|RENAME|UPDATE|DELETE|CLEAR|COMMENT|MATERIALIZE) )", re.IGNORECASE)
ADDITION = re.compile(
    r"ADD (COLUMN|INDEX) IF NOT EXISTS |MATERIALIZE INDEX |DROP INDEX IF EXISTS |MODIFY SETTING ", re.IGNORECASE
)
"""Without an index an older process is slower, and as right."""

TURN = "schema_turn"
"""Making this table is the lock: of those who try at once, one succeeds."""
THERE = "TABLE_ALREADY_EXISTS"
PATIENCE, POLL = 60.0, 0.5


def adds(statement: str) -> bool:
    said = " ".join(statement.split())
    altered = ALTERS.match(said)
    if altered:
        return all(ADDITION.match(change) for change in CHANGES.split(altered[1]))
    return ADDS.match(said) is not None


def require_additive(number: int, name: str, statements: Sequence[str]) -> None:
    wrong = next((statement for statement in statements if not adds(statement)), None)
    if wrong:
        problem = f"migration {number}, {name}, changes what a running nhip uses ({' '.join(wrong.split()[:4])} …)"
        raise Misconfigured([f"{problem}: stop workers, boards, alerts and ingest, then `nhip migrate --alone`"])


@contextmanager
def turn(client: Client, sleep: Callable[[float], None] = time.sleep, patience: float = PATIENCE) -> Iterator[None]:
    """Unavailable where another one is at it for too long, or was killed at it."""
    left = patience
    while not _taken(client):
        if left <= 0:
            raise Unavailable(f"another nhip migrates: try again. If it was killed, `DROP TABLE {TURN}` ends its turn")
        sleep(POLL)
        left -= POLL
    try:
        yield
    finally:
        client.command(f"DROP TABLE {TURN}")


def _taken(client: Client) -> bool:
    try:
        client.command(f"CREATE TABLE {TURN} (at DateTime) ENGINE = Memory")
    except ClickHouseError as error:
        if THERE not in str(error):
            raise
        return False
    return True

"""Brings the database to the newest numbered migration, and its calendar to what we know; again changes nothing."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import clickhouse_connect
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError
from urllib3.exceptions import HTTPError

from deploy.calendar.changes import Changes
from deploy.calendar.seed import SEED, seeds
from deploy.replicated import replicated
from deploy.upgrade import require_additive, turn
from metrics.errors import Unavailable

FOLDER = Path(__file__).with_name("migrations")
CALENDAR = 3
"""The migration that makes the tables of the working calendar."""
RECORD = """CREATE TABLE IF NOT EXISTS schema_migration (
    number UInt32, name String, applied_at DateTime64(0, 'UTC') DEFAULT now()
) ENGINE = ReplacingMergeTree ORDER BY number"""


@dataclass(frozen=True, slots=True)
class Migration:
    number: int
    name: str
    statements: tuple[str, ...]


def migrations(folder: Path = FOLDER) -> list[Migration]:
    return [
        Migration(int(path.stem[:4]), path.stem[5:], tuple(statements(path.read_text())))
        for path in sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    ]


def statements(text: str) -> Iterator[str]:
    """A statement ends with a semicolon at the end of a line; comment lines are left out."""
    kept = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("--"))
    for statement in re.split(r";[ \t]*(?:\n|$)", kept):
        if statement.strip():
            yield statement.strip()


def migrate(url: str, folder: Path = FOLDER, *, cluster: str = "", alone: bool = True) -> list[Migration]:
    """Apply what is missing, in order, and return it; seed the working calendar.

    `alone` says that nothing else of nhip uses the database; otherwise only what adds to it is applied. `cluster` is
    one of ClickHouse's own, all of whose replicas get the tables.
    """
    try:
        _create_database(url, cluster)
        client = connect(url)
        try:
            wanted = migrations(folder)
            run = partial(_run, client, cluster)
            run(RECORD)
            with nullcontext() if alone or not _missing(client, wanted) else turn(client):
                applied = list(_apply(client, run, _missing(client, wanted), beside=not alone))
            if CALENDAR in {migration.number for migration in wanted}:
                Changes(client, SEED, time.time).seed(seeds())
            return applied
        finally:
            client.close()
    except (ClickHouseError, HTTPError, OSError) as error:
        raise Unavailable(f"ClickHouse at {urlsplit(url).hostname}: {error}") from error


def connect(url: str) -> Client:
    """With connections of its own, which closing it closes.

    The scheme is said again: by the address alone the driver speaks TLS at the usual ports only.
    """
    return clickhouse_connect.get_client(dsn=url, interface=urlsplit(url).scheme, dedicated_pool=True)


def _create_database(url: str, cluster: str) -> None:
    """Connected to `default`: the database of the URL may not be there yet."""
    parts = urlsplit(url)
    name = parts.path.strip("/")
    client = connect(urlunsplit(parts._replace(path="/default")))
    try:
        client.command(f"CREATE DATABASE IF NOT EXISTS `{name}`" + (f" ON CLUSTER '{cluster}'" if cluster else ""))
    finally:
        client.close()


def _run(client: Client, cluster: str, statement: str) -> None:
    client.command(replicated(statement, cluster) if cluster else statement)


def _missing(client: Client, wanted: list[Migration]) -> list[Migration]:
    """By name: a number may have been another's before both came together."""
    applied = {row[0] for row in client.query("SELECT name FROM schema_migration").result_rows}
    return [migration for migration in wanted if migration.name not in applied]


def _apply(
    client: Client, run: Callable[[str], None], missing: list[Migration], *, beside: bool
) -> Iterator[Migration]:
    """A database without any migration has nobody who could be disturbed."""
    if beside and client.query("SELECT count() FROM schema_migration").result_rows[0][0]:
        for migration in missing:
            require_additive(migration.number, migration.name, migration.statements)
    for migration in missing:
        for statement in migration.statements:
            run(statement)
        row = [migration.number, migration.name]
        client.insert("schema_migration", [row], column_names=["number", "name"])
        yield migration

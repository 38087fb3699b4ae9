"""One store for the whole directory; every test has a table name of its own."""

from collections.abc import Iterator

import clickhouse_connect
import pytest
from clickhouse_connect.driver.client import Client

from tests.support.store import RunningStore, store


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStore]:
    with store(tmp_path_factory.mktemp("store")) as it:
        yield it


@pytest.fixture
def writer(running: RunningStore) -> Iterator[Client]:
    with clickhouse_connect.get_client(dsn=running.url, compress=False) as client:
        yield client


@pytest.fixture
def reader(running: RunningStore) -> Iterator[Client]:
    with clickhouse_connect.get_client(dsn=running.reader_url, compress=False) as client:
        yield client


@pytest.fixture
def table(request: pytest.FixtureRequest, writer: Client) -> str:
    """An empty table (n UInt64, s Nullable(String)), named after the test."""
    name = "".join(c if c.isalnum() else "_" for c in request.node.name)[:60]
    writer.command(f"CREATE OR REPLACE TABLE {name} (n UInt64, s Nullable(String)) ENGINE = MergeTree ORDER BY n")
    return name

"""A store for pairs of systems."""

from collections.abc import Iterator

import pytest
from clickhouse_connect.driver.client import Client

from dashboards.store import connect
from deploy.migrate import migrate
from tests.support.store import RunningStore, store


@pytest.fixture(scope="package")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStore]:
    with store(tmp_path_factory.mktemp("national")) as started:
        migrate(started.url)
        yield started


@pytest.fixture(scope="package")
def client(running: RunningStore) -> Client:
    return connect(running.url)

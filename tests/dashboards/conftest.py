"""A store of its own for each file that asks for one; folders below that share something else have their own."""

from collections.abc import Iterator

import pytest
from clickhouse_connect.driver.client import Client

from deploy.migrate import migrate
from streams.state import connect
from tests.support.store import store


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with store(tmp_path_factory.mktemp("store")) as running:
        migrate(running.url)
        yield connect(running.url)

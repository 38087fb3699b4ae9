"""One store for the alerts' tests, a database of its own for each that asks."""

from collections.abc import Iterator
from itertools import count

import pytest

from deploy.migrate import migrate
from tests.support.store import RunningStore, store

NUMBERS = count()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStore]:
    with store(tmp_path_factory.mktemp("alerts")) as it:
        yield it


@pytest.fixture
def clickhouse(running: RunningStore) -> str:
    """The writer's URL of an empty, migrated database."""
    url = running.url.replace("/nhip", f"/nhip_alerts_{next(NUMBERS)}")
    migrate(url)
    return url

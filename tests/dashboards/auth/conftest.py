"""One store for all; a database of its own for each test that asks for one."""

from collections.abc import Iterator
from itertools import count

import pytest

from deploy.migrate import migrate
from tests.dashboards.auth.support import Board, board
from tests.support.store import RunningStore, store

NUMBERS = count()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStore]:
    with store(tmp_path_factory.mktemp("store")) as it:
        yield it


@pytest.fixture
def clickhouse(running: RunningStore) -> str:
    """The writer's URL of an empty, migrated database."""
    url = running.url.replace("/nhip", f"/nhip_auth_{next(NUMBERS)}")
    migrate(url)
    return url


@pytest.fixture
def guarded(clickhouse: str) -> Iterator[Board]:
    with board(clickhouse) as it:
        yield it

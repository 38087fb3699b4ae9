"""One store for the digests' tests, a database of its own for each that asks."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count

import pytest

from dashboards.actions.book import Book
from dashboards.alerts.outbox import Outbox, Routes
from dashboards.alerts.rules import Rules
from dashboards.auth.rows import Rows
from dashboards.digest.archive import Archive
from dashboards.digest.promises import promises_of
from dashboards.digest.publishing import Publisher
from dashboards.digest.reading import read
from dashboards.store import connect
from deploy.migrate import migrate
from tests.support.filling import fill, province
from tests.support.store import RunningStore, store

NUMBERS = count()
MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
"""Seven o'clock in Viet Nam."""
LEADERS = "digest:lanh-dao"


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStore]:
    with store(tmp_path_factory.mktemp("digest")) as it:
        yield it


@pytest.fixture(scope="session")
def filled(running: RunningStore, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The writer's URL of a database with a simulated year."""
    migrate(running.url)
    fill(connect(running.url), province(tmp_path_factory.mktemp("drop"), 1_500, seed=5), records=500, cut=500)
    return running.url


@pytest.fixture
def clickhouse(running: RunningStore) -> str:
    """The writer's URL of an empty, migrated database."""
    url = running.url.replace("/nhip", f"/nhip_digest_{next(NUMBERS)}")
    migrate(url)
    return url


def publisher(url: str, circle=None, routes: Routes | None = None, reads=read) -> Publisher:
    rows = Rows(url)
    outbox = Outbox(rows, routes or Routes({}, (), ()), "http://board.vn")
    given = {None: (LEADERS,)} if circle is None else circle
    promises = promises_of(Book(rows, lambda: MONDAY))
    rules, board = Rules(rows, lambda: MONDAY), "http://board.vn"
    return Publisher(connect(url), rules, Archive(rows), outbox, given, board, promises, reads)

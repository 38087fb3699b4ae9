"""One store for the digests' tests: a database with a year in it, and one that each test finds empty."""

from collections.abc import Iterator
from datetime import UTC, datetime

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

MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
"""Seven o'clock in Viet Nam."""
LEADERS = "digest:lanh-dao"
TOUCHED = (
    "digest_issue", "alert_message", "alert_transition", "threshold", "action", "agency", "service", "kpi_cell",
    "pipeline_progress", "period_close", "closed_figure", "board_account",
)  # fmt: skip


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


@pytest.fixture(scope="session")
def migrated(running: RunningStore) -> str:
    url = running.url.replace("/nhip", "/nhip_digest")
    migrate(url)
    return url


@pytest.fixture
def clickhouse(migrated: str) -> str:
    """The writer's URL of a database in which nothing has happened."""
    client = connect(migrated)
    for table in TOUCHED:
        client.command(f"TRUNCATE TABLE {table}")
    return migrated


def publisher(url: str, circle=None, routes: Routes | None = None, reads=read) -> Publisher:
    rows = Rows(url)
    outbox = Outbox(rows, routes or Routes({}, (), ()), "http://board.vn")
    given = {None: (LEADERS,)} if circle is None else circle
    promises = promises_of(Book(rows, lambda: MONDAY))
    rules, board = Rules(rows, lambda: MONDAY), "http://board.vn"
    return Publisher(connect(url), rules, Archive(rows), outbox, given, board, promises, reads)

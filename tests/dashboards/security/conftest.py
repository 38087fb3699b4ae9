"""One board over a small province, with a viewer logged in."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from clickhouse_connect.driver.client import Client

from dashboards.actions.book import Book
from dashboards.auth.account import Role
from dashboards.auth.rows import Rows
from dashboards.store import connect
from deploy.migrate import migrate
from tests.dashboards.auth.support import Board, board
from tests.dashboards.security.hostile import PROMISED
from tests.support.store import RunningStore, store

TABLES = ("dossier", "step", "service", "agency", "kpi_cell", "dead_letter", "board_account")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStore]:
    with store(tmp_path_factory.mktemp("store")) as it:
        migrate(it.url)
        fill(connect(it.url))
        Book(Rows(it.url), lambda: datetime(2027, 1, 11, 2, tzinfo=UTC)).record(PROMISED, "<i>ai</i>", "<b>vì</b>")
        yield it


@pytest.fixture(scope="module")
def province(running: RunningStore) -> Iterator[Board]:
    """As in production: the pages ask with the reader's login."""
    with board(running.url, running.reader_url, lookups_per_minute=100_000) as made:
        made.account("van-phong", Role.VIEWER)
        assert made.log_in("van-phong").status_code == 303
        yield made


def fill(client: Client) -> None:
    at = datetime(2027, 1, 11, 2, tzinfo=UTC)
    day = date(2027, 1, 11)
    insert(client, "agency", agency="H07", valid_from=date(2020, 1, 1), name="<b>Sở</b>", tier="so", version=1)
    insert(
        client,
        "service",
        procedure="1.002835",
        valid_from=date(2020, 1, 1),
        name="Cấp <i>giấy</i>",
        level="4",
        version=1,
    )
    insert(
        client,
        "dossier",
        dossier="H07-270111-0001",
        agency="H07",
        procedure="1.002835",
        channel="2",
        received_at=at,
        version=1,
    )
    insert(client, "step", dossier="H07-270111-0001", at=at, status="2", version=1)
    insert(
        client, "kpi_cell", stream="dossiers", partition=0, day=day, agency="H07", procedure="1.002835", channel="2",
        received=1, received_online=1, resolved_with_due=0, resolved_on_time=0, paid=0, version=1,
    )  # fmt: skip
    insert(client, "dead_letter", file_kind="dossiers", source="<b>x</b>.jsonl", line=1, reason="not JSON", version=1)


def insert(client: Client, table: str, **values: object) -> None:
    client.insert(table, [list(values.values())], column_names=list(values))


def rows(client: Client) -> dict[str, int]:
    return {table: client.query(f"SELECT count() FROM {table}").result_rows[0][0] for table in TABLES}

"""A store with a generated province and some thresholds, asked as Grafana asks: under the reader's login."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from clickhouse_connect.driver.client import Client

from dashboards.alerts.rules import Rules
from dashboards.auth.rows import Rows
from dashboards.store import connect
from deploy.migrate import migrate
from metrics.alerting.threshold import Direction, Threshold
from tests.support.filling import fill, province
from tests.support.store import store

SET_AT = datetime(2026, 1, 2, tzinfo=UTC)
RATE = "online_submission_rate"


@dataclass(frozen=True)
class Kept:
    """The same store under both logins."""

    writer: Client
    reader: Client
    url: str


@pytest.fixture(scope="package")
def kept(tmp_path_factory) -> Iterator[Kept]:
    folder = tmp_path_factory.mktemp("grafana")
    with store(folder) as running:
        migrate(running.url)
        writer = connect(running.url)
        fill(writer, province(folder / "province", 400, 7))
        rules = Rules(Rows(running.url), lambda: SET_AT)
        for wanted in (
            Threshold(RATE, 1, Direction.BELOW, Decimal("99.5"), Decimal("99.9")),
            Threshold("on_time_resolution", 1, Direction.BELOW, Decimal("0.5")),
            Threshold(RATE, 1, Direction.BELOW, Decimal(50), tier="so", over="year", least=3),
        ):
            rules.put(wanted, "van-phong", "Nghị quyết 03")
        yield Kept(writer, connect(running.reader_url), running.url)

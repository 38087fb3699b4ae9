"""One store and one board for all tests of the API. The board's clock leaps, so that no answer is kept."""

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from clickhouse_connect.driver.client import Client

from dashboards.app import create_app
from dashboards.board import BoardConfig
from deploy.migrate import migrate
from streams.state import connect
from tests.support.board import Leaping, served
from tests.support.store import RunningStore, store


@dataclass(frozen=True)
class Api:
    """`client` writes into the store that `http` shows."""

    running: RunningStore
    client: Client
    http: httpx.Client

    def get(self, path, status=200, **params):
        answer = self.http.get(f"/api/v1/{path}", params=params)
        assert answer.status_code == status, answer.text
        return answer.json()

    def every(self, path, **params):
        """The items of all pages."""
        items, cursor = [], {}
        while True:
            page = self.get(path, **params, **cursor)
            items += page["items"]
            if page["next"] is None:
                return items
            cursor = {"cursor": page["next"]}


@pytest.fixture(scope="session")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    with store(tmp_path_factory.mktemp("api")) as running:
        migrate(running.url)
        app = create_app(BoardConfig(running.reader_url, Leaping()))
        with served(app) as address, httpx.Client(base_url=address, timeout=60) as http:
            yield Api(running, connect(running.url), http)


@pytest.fixture(autouse=True)
def forgets(request: pytest.FixtureRequest) -> None:
    """What a page told this browser to remember (the language) is not for the next test."""
    if "api" in request.fixturenames:
        request.getfixturevalue("api").http.cookies.clear()

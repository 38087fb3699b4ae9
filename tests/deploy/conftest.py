"""A store of its own for each file of commands, and a terminal before it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from clickhouse_connect.driver.client import Client

from dashboards.store import connect
from deploy.migrate import migrate
from tests.support.store import store
from tests.support.terminal import Terminal


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of a store that has all its tables and nothing in them."""
    with store(tmp_path_factory.mktemp("store")) as running:
        migrate(running.url)
        yield running.url


@pytest.fixture(scope="module")
def client(url: str) -> Client:
    return connect(url)


@pytest.fixture
def terminal(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    monkeypatch.setenv("NHIP_CLICKHOUSE", url)
    monkeypatch.setenv("NHIP_DATA", str(tmp_path))
    return Terminal(monkeypatch, capsys)

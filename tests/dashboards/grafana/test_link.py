"""From the board into Grafana, where one is set."""

from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from dashboards.app import create_app
from dashboards.board import BoardConfig

NOWHERE = "http://nobody:x@127.0.0.1:9/nhip"


@pytest.mark.parametrize(("grafana", "shown"), [("https://soc.example.vn/grafana", True), ("", False)])
def test_every_page_leads_to_grafana_where_there_is_one(grafana, shown):
    config = BoardConfig(NOWHERE, lambda: datetime(2026, 6, 1, tzinfo=UTC), grafana=grafana)
    page = TestClient(create_app(config)).get("/nope?lang=en", headers={"accept": "text/html"}).text
    assert ("https://soc.example.vn/grafana/d/nhip-overview-en" in page) == shown
    assert ("Open in Grafana" in page) == shown

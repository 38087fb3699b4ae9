"""/metrics: what Prometheus reads, and who may."""

from datetime import UTC, datetime

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from dashboards.app import create_app
from dashboards.auth.security import Security
from dashboards.board import BoardConfig
from dashboards.reconcile import drift
from tests.support.board import Leaping, served

pytestmark = pytest.mark.stack
TOKEN = "t" * 32


def samples(text):
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_the_pipeline_and_the_board_in_numbers(api):
    for table in ("pipeline_progress", "dead_letter"):
        api.client.command(f"TRUNCATE TABLE {table}")
    api.client.command(
        "INSERT INTO pipeline_progress VALUES ('nhip.dossiers', 0, 40, '2026-12-30 01:00:00', now()), "
        "('nhip.dossiers', 1, 2, NULL, now())"
    )
    api.client.command(
        "INSERT INTO dead_letter (file_kind, source, line, reason, version) VALUES ('dossiers', 'a.jsonl', 7, 'why', 1)"
    )
    api.client.command("INSERT INTO kpi_cell (stream, day, paid) VALUES ('not in the facts', '2026-06-20', 1)")
    now = datetime(2026, 12, 30, 2, 30, tzinfo=UTC)
    app = create_app(BoardConfig(api.running.reader_url, lambda: now, ends=lambda: {("nhip.dossiers", 0): 50}))
    with served(app) as address, httpx.Client(base_url=address, timeout=60) as http:
        http.get("/healthz")
        answer = http.get("/metrics")
    found = samples(answer.text)
    assert answer.headers["content-type"].startswith("text/plain")
    assert found["nhip_part_moves", "store"] == found["nhip_part_moves", "broker"] == 1
    assert found["nhip_lag_records", "nhip.dossiers"] == 10
    assert found["nhip_progress_records", "nhip.dossiers"] == 42
    assert found["nhip_dead_letters", "dossiers"] == 1
    assert found["nhip_data_age_seconds",] == 5400
    assert found["nhip_drift_figures",] == len(drift(api.client)) > 0
    assert any(key[:2] == ("nhip_request_seconds_count", "/healthz") for key in found)


def test_a_store_that_is_away_is_a_number_too():
    app = create_app(BoardConfig("http://nhip:secret@127.0.0.1:1/nhip", Leaping()))
    with served(app) as address:
        answer = httpx.get(f"{address}/metrics", timeout=60)
    assert answer.status_code == 200
    found = samples(answer.text)
    assert found["nhip_part_moves", "store"] == 0
    assert not any(name.startswith("nhip_dead") for name, *_ in found)


@pytest.mark.parametrize(
    ("token", "brought", "status"),
    [("", None, 403), (TOKEN, None, 403), (TOKEN, "Bearer wrong", 403), (TOKEN, f"Bearer {TOKEN}", 200)],
)
def test_a_board_that_others_reach_asks_for_the_token(api, token, brought, status):
    security = Security(api.running.url, "s" * 32, public_url="https://board.example.vn", login_required=True)
    app = create_app(BoardConfig(api.running.reader_url, Leaping(), security=security, metrics_token=token))
    with served(app) as address:
        asked = {"Host": "10.1.2.3:8600", "Authorization": brought} if brought else {"Host": "board.example.vn"}
        assert httpx.get(f"{address}/metrics", headers=asked, timeout=60).status_code == status
        assert httpx.get(f"{address}/", headers={"Host": "10.1.2.3", "Authorization": "Bearer x"}).status_code == 421

"""The alerts' process: killed between sending and recording, two of them at once, wrong settings, the heartbeat."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from dashboards.alerts.rules import Rules
from dashboards.auth.rows import Rows
from dashboards.store import connect
from deploy.alert_settings import AlertSettings
from deploy.alerting import settled
from deploy.migrate import migrate
from metrics.alerting.threshold import Direction, Threshold
from metrics.civil import civil
from metrics.errors import Misconfigured
from tests.dashboards.alerts.test_delivery import SECRET, Receiver, webhook
from tests.support.province import arrived, catalogue, counted
from tests.support.store import store

PATIENCE = 120.0


@pytest.fixture
def url(tmp_path) -> Iterator[str]:
    """A store where an alert fires at the first look."""
    with store(tmp_path) as running:
        migrate(running.url)
        client, now = connect(running.url), datetime.now(UTC)
        catalogue(client, {"H07": None})
        counted(client, civil(now).date(), "H07", 10, 1)
        arrived(client, now)
        limit = Threshold("online_submission_rate", 1, Direction.BELOW, Decimal(50), hold=timedelta(0))
        Rules(Rows(running.url), lambda: now).put(limit, "soc", "thử")
        yield running.url


@contextmanager
def process(url: str, tmp_path, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    given = {"NHIP_CLICKHOUSE": url, "NHIP_DATA": str(tmp_path), "NHIP_ALERT_EVERY_SECONDS": "1", **settings}
    with (tmp_path / "alerts.log").open("ab") as log:
        made = subprocess.Popen([sys.executable, "-m", "deploy.alerts"], env=os.environ | given, stderr=log)
    try:
        yield made
    finally:
        made.kill()
        made.wait()


def to(server: Receiver) -> dict[str, str]:
    return {"NHIP_ALERT_RECIPIENTS": f"soc={server.address}", "NHIP_ALERT_SECRET": SECRET}


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def keys(server: Receiver) -> list[str]:
    return [json.loads(content)["key"] for _, content in server.requests]


def outcomes(url: str) -> list[tuple[str, int]]:
    return Rows(url).ask("SELECT outcome, attempts FROM alert_message FINAL")


def test_killed_between_sending_and_recording_it_comes_again_under_the_same_key(url, tmp_path):
    with webhook(delay=3) as server:
        with process(url, tmp_path, **to(server)) as first:
            until(lambda: outcomes(url) == [("waiting", 0)])
            time.sleep(0.5)  # the request is on its way, and is answered only when nobody waits for it any more
            first.kill()
            first.wait()
        until(lambda: len(server.requests) == 1)
        assert outcomes(url) == [("waiting", 0)]
        server.delay = 0
        Rows(url).tell("TRUNCATE TABLE alert_evaluator")  # as if its lease had run out
        with process(url, tmp_path, **to(server)):
            until(lambda: outcomes(url) == [("sent", 1)])
            time.sleep(4)
        assert len(set(keys(server))) == 1
        assert len(keys(server)) == 2


def test_two_processes_send_once_and_the_second_takes_over(url, tmp_path):
    with webhook() as server, process(url, tmp_path, **to(server)) as first, process(url, tmp_path, **to(server)):
        until(lambda: outcomes(url) == [("sent", 1)])
        time.sleep(4)
        assert len(keys(server)) == 1
        first.terminate()
        assert first.wait(20) == 0
        Rules(Rows(url), lambda: datetime.now(UTC)).withdraw(
            "online_submission_rate.1/month/value/below/*", "soc", "hết"
        )
        until(lambda: len(keys(server)) == 2)
        assert len(set(keys(server))) == 2


def test_the_heartbeat_is_asked_after_a_look_and_what_the_board_says_is_kept(url, tmp_path):
    with webhook() as server, process(url, tmp_path, NHIP_ALERT_HEARTBEAT=server.address.replace("send", "beat")):
        until(lambda: bool(server.paths))
        assert server.paths[0].startswith("GET /beat")
        read = "SELECT count() FROM kpi_reading WHERE subject IN ('data_age', 'online_submission_rate')"
        until(lambda: Rows(url).ask(read)[0][0] >= 2)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("RECIPIENTS", "soc:mail", "must look like"),
        ("RECIPIENTS", "soc=pigeon://s3cret", "no such address in soc"),
        ("RECIPIENTS", "soc=https://u:s3cret@sms.vn/", "NHIP_ALERT_SECRET"),
        ("TO", "mayor", "no such group"),
        ("HEARTBEAT", "s3cret", "https://"),
        ("MAINTENANCE", "tomorrow", "is no window"),
        ("EVERY_SECONDS", "0", "greater than or equal"),
        ("SECRET", "s3cret", "at least 32"),
    ],
)
def test_wrong_settings_are_told_without_quoting_a_secret(monkeypatch, name, value, said):
    monkeypatch.setenv(f"NHIP_ALERT_{name}", value)
    with pytest.raises(Misconfigured, match=said) as raised:
        settled()
    assert "s3cret" not in str(raised.value)


def test_a_group_may_have_several_addresses(monkeypatch):
    monkeypatch.setenv("NHIP_ALERT_RECIPIENTS", "soc=mailto://a.vn?to=x@a.vn lanh-dao=json://b.vn soc=json://c.vn")
    assert {name: len(found) for name, found in AlertSettings.read().groups.items()} == {"soc": 2, "lanh-dao": 1}
    assert "a.vn" not in repr(AlertSettings.read())

"""The process that watches the thresholds: settings in, a look every so often, until a signal stops it."""

import logging
import os
import secrets
import signal
import sys
import threading
from datetime import datetime, timedelta
from functools import partial

from clickhouse_connect.driver.client import Client

from dashboards.actions.book import Book
from dashboards.actions.reminders import Reminders
from dashboards.alerts.drifting import Drifting
from dashboards.alerts.evaluator import Conditions, Evaluator
from dashboards.alerts.handing import hand_over
from dashboards.alerts.keeper import Keeper
from dashboards.alerts.lease import Lease
from dashboards.alerts.maintenance import Maintenance
from dashboards.alerts.outbox import Outbox
from dashboards.alerts.readings import Readings
from dashboards.alerts.rules import Rules
from dashboards.alerts.service import Plan, Service
from dashboards.alerts.states import States
from dashboards.auth.rows import Rows
from dashboards.digest.service import Digests
from dashboards.health import Part, Watch
from dashboards.pipeline import progress
from dashboards.store import connect
from deploy import digesting, tracing
from deploy.alert_settings import AlertSettings
from deploy.alerting import settled
from deploy.board import ends_of
from deploy.digest_settings import DigestSettings
from deploy.digesting import now, routes_of
from deploy.logs import begin
from deploy.output import tell
from deploy.settings import Settings
from metrics.errors import Misconfigured

BAD_START = 2
PATIENCE = 60.0
"""Seconds to wait for an answer of the store."""
OFTEN = 10.0
"""Seconds between beats; a look comes with every third, usually."""
PART = "worker "


def main() -> int:
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)  # it names people's addresses; outcomes are ours to log
    try:
        settings = Settings.read()
        begin(settings)
        tracing.begin(settings)
        serve(settings)
    except Misconfigured as error:
        for problem in error.problems:
            tell(problem)
        return BAD_START
    return 0


def serve(settings: Settings) -> None:
    """Until a signal. Misconfigured names what is wrong with the settings."""
    alerts = settled()
    run(service(settings, alerts, digesting.settled(alerts)), min(OFTEN, alerts.every_seconds))


def run(watching: Service, every: float) -> None:
    """Whoever stops us lets the next one begin at once."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    while not stop.is_set():
        watching.beat()
        stop.wait(every)
    watching.lease.leave()


def service(settings: Settings, alerts: AlertSettings, digests: DigestSettings) -> Service:
    if settings.clickhouse is None:
        raise Misconfigured(["the alerts' process needs NHIP_CLICKHOUSE; `nhip up` sets it"])
    url = settings.clickhouse.get_secret_value()
    client, rows = connect(url, PATIENCE), Rows(url)
    board = settings.public_url or f"http://{settings.board}"
    routes, stuck, grafana = routes_of(alerts), Stuck(settings, client), alerts.delivery == "grafana"
    conditions = Conditions(alerts.policy, alerts.windows, Maintenance(rows, now).windows, stuck.streams)
    outbox, drifting = Outbox(rows, routes, board), Drifting(client)
    return Service(
        client,
        Lease(rows, f"{os.uname().nodename}-{os.getpid()}-{secrets.token_hex(4)}"),
        Evaluator(client, Rules(rows, now), States(rows), conditions, drifting),
        outbox,
        digesting.post(
            url,
            alerts,
            digests,
            {
                address: to
                for name, found in alerts.groups.items()
                for address, to in zip(routes.addresses(name), found, strict=True)
            },
        ),
        now,
        Plan(
            timedelta(seconds=alerts.every_seconds),
            timedelta(minutes=alerts.patience_minutes),
            () if grafana else alerts.usual,
            alerts.heartbeat.get_secret_value() if alerts.heartbeat else "",
        ),
        (
            Reminders(client, Book(rows, now), outbox, conditions.muted).look,
            Keeper(client, Readings(rows), drifting).look,
            Digests(digesting.publisher(url, settings, digests, routes), digests.turns).beat,
            lambda at: stuck.note(rows, at),
        ),
        partial(hand_over, rows) if grafana else None,
    )


class Stuck:
    """Streams whose worker is behind and does not move, where a broker is known."""

    def __init__(self, settings: Settings, client: Client) -> None:
        self._watch = Watch(
            now, ends_of(settings.cluster(settings.kafka), settings.partitions) if settings.kafka else None
        )
        self._client = client

    def streams(self) -> frozenset[str]:
        return frozenset(stream for stream, part in self._parts().items() if not part.moves)

    def note(self, rows: Rows, at: datetime) -> None:
        """How far behind each stream is; without a broker nobody knows."""
        lags = [[at, stream, part.lag] for stream, part in self._parts().items()]
        rows.add_all("pipeline_lag", ("at", "stream", "records"), lags)

    def _parts(self) -> dict[str, Part]:
        health = self._watch.look(lambda: progress(self._client))
        return {part.name.removeprefix(PART): part for part in health.parts if part.name.startswith(PART)}


if __name__ == "__main__":
    sys.exit(main())

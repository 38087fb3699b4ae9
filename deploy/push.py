"""The process that takes records by HTTP: settings in, then the web application until a signal stops it."""

import os
import signal
import sys
import threading
import time

from starlette.applications import Starlette

from dashboards.auth.rows import Rows
from dashboards.auth.security import is_loopback
from deploy.output import tell
from deploy.parts import Addresses
from deploy.settings import Settings
from deploy.tokens import Brakes, Known, Tokens
from deploy.web import process, serve
from ingest.push.acknowledged import Acknowledger
from ingest.push.app import create_app
from ingest.push.desk import Desk
from ingest.push.repeats import Repeats
from ingest.sink import KafkaSink
from metrics.errors import Misconfigured

PATIENCE = 10.0
"""Seconds that a request waits for Kafka until it is asked to come again."""


def run(settings: Settings) -> None:
    serve(push_app(settings, told(settings)), settings.ingest)


def told(settings: Settings) -> Addresses:
    if settings.clickhouse is None or settings.kafka is None:
        raise Misconfigured(["this process needs NHIP_KAFKA and NHIP_CLICKHOUSE; `nhip ingest http` finds them"])
    return Addresses(settings.cluster(settings.kafka), settings.clickhouse.get_secret_value())


def push_app(settings: Settings, where: Addresses) -> Starlette:
    """Unavailable where the store cannot say who may send."""
    known = Known(Tokens(Rows(where.clickhouse), time.time).all, time.monotonic)
    require_tokens(settings, known)
    threading.Thread(target=known.keep_reading, args=(threading.Event(),), name="tokens", daemon=True).start()
    acknowledger = Acknowledger(
        lambda: KafkaSink(where.kafka, settings.partitions, patience=PATIENCE),
        broken=lambda: os.kill(os.getpid(), signal.SIGTERM),
        tell=tell,
    )
    return create_app(Desk(acknowledger, known.sender, Brakes(time.monotonic).wait, Repeats(time.monotonic)))


def require_tokens(settings: Settings, known: Known) -> None:
    host = settings.ingest.rpartition(":")[0].strip("[]")
    if not is_loopback(host) and not known:
        problem = f"NHIP_INGEST={settings.ingest} is open to other machines, and nobody has a token"
        raise Misconfigured([f"{problem}: add one first with `nhip token add NAME`"])


if __name__ == "__main__":
    sys.exit(process(run))

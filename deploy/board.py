"""The board's process: settings in, then the web application until a signal stops it."""

import os
import sys
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlsplit, urlunsplit

from fastapi import FastAPI

from dashboards.app import create_app
from dashboards.board import BoardConfig
from dashboards.health import Ends
from deploy.alert_settings import AlertSettings
from deploy.grafana_settings import GrafanaSettings
from deploy.guarding import require_somebody, security
from deploy.parts import READER_LOGIN, Addresses
from deploy.settings import Settings
from deploy.web import process, serve
from ingest.cluster import Cluster
from ingest.topics import log_ends
from metrics.errors import Misconfigured
from metrics.events import Topic

ANSWER_WITHIN = 3.0


def run(settings: Settings, reader: str) -> None:
    where = told(settings)
    serve(guarded_app(settings, where, reader), where.board)


def told(settings: Settings) -> Addresses:
    if settings.clickhouse is None:
        raise Misconfigured(["the board's process needs NHIP_CLICKHOUSE; `nhip board` finds it"])
    return Addresses(settings.cluster(settings.kafka or ""), settings.clickhouse.get_secret_value(), settings.board)


def guarded_app(settings: Settings, where: Addresses, reader: str) -> FastAPI:
    """`reader` is a login that may only read; without one the store's own address is used.

    Misconfigured where nobody could come in, Unavailable where the store cannot say so.
    """
    settings = settings.model_copy(update={"board": where.board})
    guarded = security(settings, where.clickhouse)
    require_somebody(guarded)
    alerts = AlertSettings.read()
    config = BoardConfig(
        clickhouse=as_reader(where.clickhouse, reader) if reader else where.clickhouse,
        clock=lambda: datetime.now(UTC),
        ends=ends_of(where.kafka, settings.partitions) if where.kafka else None,
        security=guarded,
        alert_groups={name: len(found) for name, found in alerts.groups.items()},
        four_eyes=alerts.four_eyes,
        grafana=GrafanaSettings.read().url or "",
        metrics_token=settings.metrics_token.get_secret_value() if settings.metrics_token else "",
    )
    return create_app(config)


def as_reader(clickhouse: str, login: str) -> str:
    url = urlsplit(clickhouse)
    return urlunsplit(url._replace(netloc=f"{login}@{url.netloc.rpartition('@')[2]}"))


def ends_of(kafka: Cluster, partitions: int) -> Ends:
    """The board speaks to ClickHouse alone: where the logs end is handed to it."""
    places = [(topic.value, partition) for topic in Topic for partition in range(partitions)]
    return partial(log_ends, kafka, places, ANSWER_WITHIN)


if __name__ == "__main__":
    sys.exit(process(partial(run, reader=os.environ.pop(READER_LOGIN, ""))))

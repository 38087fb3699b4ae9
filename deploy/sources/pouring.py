"""A source into Kafka: once, or until somebody stops it."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress

from rich.console import Console
from rich.table import Table

from dashboards.pipeline import behind
from dashboards.store import connect
from deploy.output import say_json, tell
from deploy.parts import Addresses
from deploy.settings import Settings
from deploy.visible import wait_until_visible
from ingest.border import Border
from ingest.sink import KafkaSink, Sink
from ingest.source import Source, follow, pour
from metrics.display import count

EVERY = 2.0
"""Seconds between two looks."""
PATIENCE = 30.0
"""Seconds that a record waits for Kafka until all begins anew: what was not acknowledged is read again."""


def pour_on(settings: Settings, where: Addresses, source: Callable[[Sink], Source], every: float = EVERY) -> None:
    """Until Ctrl-C, which is how it ends well."""
    stop = threading.Event()
    with suppress(KeyboardInterrupt):
        follow(
            lambda: KafkaSink(where.kafka, settings.partitions, patience=PATIENCE),
            source,
            lambda: not stop.wait(every),
            tell,
        )
    tell("stopped; what Kafka had not acknowledged yet is read again next time")


def pour_once(settings: Settings, where: Addresses, source: Callable[[Sink], Source]) -> None:
    """Returns when all of it counts in the KPIs."""
    client = connect(where.clickhouse)
    with KafkaSink(where.kafka, settings.partitions) as sink:
        pour(source(sink), sink)
        ends = sink.ends
    wait_until_visible(lambda: behind(client, ends), clock=time.monotonic, sleep=time.sleep)


def report(border: Border, *, pure_json: bool) -> None:
    """The lines by kind."""
    if pure_json:
        say_json({"accepted": dict(border.accepted), "rejected": dict(border.rejected)})
        return
    table = Table("Tệp", title="Đã nhận (ingested)", title_justify="left")
    table.add_column("Nhận (accepted)", justify="right")
    table.add_column("Từ chối (rejected)", justify="right")
    for kind in {**border.accepted, **border.rejected}:
        table.add_row(kind, count(border.accepted[kind]), count(border.rejected[kind]))
    Console().print(table)

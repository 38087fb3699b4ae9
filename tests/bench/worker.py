"""nhip's worker from topic to ClickHouse: the topic is full before the worker starts, and the store is empty."""

import time
from pathlib import Path

from dashboards.pipeline import behind
from dashboards.store import connect
from deploy.visible import wait_until_visible
from metrics.events import Topic
from tests.bench import history
from tests.bench.counting import Totals
from tests.bench.expected import require
from tests.bench.result import Result
from tests.bench.stack import cells, stack
from tests.bench.topics import fill
from tests.bench.usage import spent, usages


def worker(folder: Path, events: int, a_record: int, expected: Totals) -> Result:
    """The clock runs from before the worker has its partitions until everything is in the store."""
    with stack(folder) as built, built.running("broker", "store") as (around, _):
        where = built.plan.addresses
        ends = fill(where.kafka.servers, Topic.DOSSIERS.value, history.events(events), a_record)
        client = connect(where.clickhouse)
        before = usages(around)
        with built.running("worker") as (own, ready):
            before["worker"] = ready.usage
            wait_until_visible(lambda: behind(client, ends), clock=time.monotonic, sleep=time.sleep)
            seconds = time.monotonic() - ready.at
            costs = spent(before, around | own)
        require("nhip's worker", cells(client), expected)
        client.close()
    shape = f"{a_record} events a record" if a_record > 1 else "1 event a record"
    return Result("nhip's worker, topic to ClickHouse", shape, events, seconds, costs)

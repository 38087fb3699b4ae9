"""One, two and four workers of one group on a full topic: how much faster, and what it costs."""

import os
import subprocess
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from clickhouse_connect.driver.client import Client

from dashboards.pipeline import behind, progress
from dashboards.store import connect
from deploy.visible import wait_until_visible
from metrics.events import Topic
from tests.bench import history
from tests.bench.counting import Totals
from tests.bench.expected import require
from tests.bench.stack import Stack, cells, stack
from tests.bench.topics import fill
from tests.bench.usage import spent, usages

A_RECORD = 200


@dataclass(frozen=True, slots=True)
class Shared:
    """So many workers: from when the first batch was in the store until all was. Starting is not counted."""

    workers: int
    events: int
    seconds: float
    cpu: float

    @property
    def rate(self) -> float:
        return self.events / self.seconds

    def row(self, alone: "Shared") -> dict[str, str]:
        return {
            "workers": str(self.workers),
            "events": f"{self.events:,}",
            "seconds": f"{self.seconds:.1f}",
            "events/s": f"{self.rate:,.0f}",
            "÷ one worker": f"{self.rate / alone.rate:.2f}",
            "CPU s, all workers": f"{self.cpu:.1f}",
        }


def shared(folder: Path, workers: int, events: int, expected: Totals) -> Shared:
    with stack(folder) as built, built.running("broker", "store"), ExitStack() as running:
        where = built.plan.addresses
        ends = fill(where.kafka.servers, Topic.DOSSIERS.value, history.events(events), A_RECORD)
        client = connect(where.clickhouse)
        pids = {f"worker {n}": running.enter_context(one(built, folder / f"worker-{n}")).pid for n in range(workers)}
        while (begun := written(client)) == 0:
            time.sleep(0.02)
        before, began, records = usages(pids), time.monotonic(), sum(ends.values())
        wait_until_visible(lambda: behind(client, ends), clock=time.monotonic, sleep=time.sleep)
        seconds = time.monotonic() - began
        cost = sum(each.cpu for each in spent(before, pids).values())
        require(f"{workers} workers", cells(client), expected)
        client.close()
        return Shared(workers, events * (records - begun) // records, seconds, cost)


def written(client: Client) -> int:
    return sum(p.next_offset for p in progress(client))


class Worker(subprocess.Popen[bytes]):
    """Gone at the end of its block."""

    def __exit__(self, *_: object) -> None:
        self.kill()
        self.wait()


def one(built: Stack, data: Path) -> Worker:
    part = next(part for part in built.plan.parts() if part.name == "worker")
    program = part.prepare()
    return Worker(program.command, env={**os.environ, **program.environment, "NHIP_DATA": str(data)})

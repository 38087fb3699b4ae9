"""Broker, store and worker as `nhip up` runs them, but each started when the measurement wants it."""

import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from clickhouse_connect.driver.client import Client

from deploy import ports
from deploy.folder import DataFolder, Role
from deploy.keeper import Keeper, Part
from deploy.parts import Plan
from deploy.settings import Settings
from deploy.stack import planned
from tests.bench.counting import Totals, without_nothing
from tests.bench.usage import Usage, usage


def settings_of(folder: Path) -> Settings:
    """Everything local, whatever the environment says."""
    return Settings.read(data=folder, kafka=None, clickhouse=None)


@dataclass(slots=True)
class Ready:
    """When a part was last seen not to be ready, and what it had cost by then: the measurement begins there."""

    at: float = field(default_factory=time.monotonic)
    usage: Usage = field(default_factory=lambda: Usage(0.0, 0.0))


@dataclass(frozen=True, slots=True)
class Stack:
    plan: Plan
    lock: int

    @contextmanager
    def running(self, *names: str) -> Iterator[tuple[dict[str, int], Ready]]:
        """These parts, until the end of the block: their process ids, and when the last one became ready."""
        pids: dict[str, int] = {}
        ready = Ready()

        def changed(now: Mapping[str, int]) -> None:
            pids.update(now)

        parts = tuple(_watched(part, ready) for part in self.plan.parts() if part.name in names)
        keeper = Keeper(parts, self.plan.settings.data / "logs", self.lock, changed=changed, tell=tell)
        try:
            keeper.start()
            yield pids, ready
        finally:
            keeper.stop()


@contextmanager
def stack(folder: Path) -> Iterator[Stack]:
    settings = settings_of(folder)
    lock = DataFolder(folder).try_own()
    if lock is None:
        raise RuntimeError(f"{folder} is in use")
    try:
        yield Stack(planned(settings, Role.LOAD, ports.free(3), tell), lock)
    finally:
        os.close(lock)


def _watched(part: Part, seen: Ready) -> Part:
    def ready(pid: int) -> bool:
        at, cost = time.monotonic(), usage(pid)
        if part.ready(pid):
            return True
        seen.at, seen.usage = at, cost
        return False

    return replace(part, ready=ready)


def cells(client: Client) -> Totals:
    """What nhip has counted, as the plain loop has it."""
    place, counts = (
        "day, agency, procedure, channel",
        ("received", "received_online", "resolved_with_due", "resolved_on_time"),
    )
    sums = ", ".join(f"sum({count})" for count in counts)
    rows = client.query(
        f"SELECT {place}, {sums} FROM kpi_cell FINAL WHERE stream = 'nhip.dossiers' GROUP BY {place}"
    ).result_rows
    return without_nothing({_cell(*row[:4]): list(map(int, row[4:])) for row in rows})


def _cell(day: date, *place: str) -> str:
    return "|".join([f"{day:%Y%m%d}", *place])


def tell(text: str) -> None:
    print(f"    {text}", file=sys.stderr, flush=True)  # noqa: T201

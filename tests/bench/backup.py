"""A whole province backed up, destroyed and restored: the time it takes, and that no figure is another."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from clickhouse_connect.driver.client import Client

from dashboards.figures import EVERY, Scope, kpi, of_families
from dashboards.reconcile import drift
from dashboards.store import connect
from deploy.backup.manifest import Manifest, opened
from deploy.backup.restore import restore
from deploy.backup.save import save
from deploy.backup.tables import tables
from deploy.migrate import migrate
from metrics.catalogue import HEADLINE
from metrics.period import parse
from tests.bench.board.fill import fill
from tests.bench.board.past import Past
from tests.bench.result import Wrong
from tests.bench.stack import tell
from tests.support.store import store

UNTIL = date(2026, 6, 30)
PERIODS = ("2024", "2025-Q3", "2026-06-15")
JUDGED = "2026-05"


@dataclass(frozen=True, slots=True)
class BackedUp:
    """Seconds of each; `anew` is a restore beside new topics, where cells are counted from the facts."""

    dossiers: int
    said: Manifest
    saved: float
    restored: float
    anew: float

    def row(self) -> dict[str, str]:
        files = [file for each in self.said.tables.values() for file in each]
        return {
            "dossiers": f"{self.dossiers:,}",
            "rows": f"{sum(file.rows for file in files):,}",
            "Parquet": f"{sum(file.bytes for file in files) / 1e6:.0f} MB",
            "backup": f"{self.saved:.0f} s",
            "restore": f"{self.restored:.0f} s",
            "restore beside new topics": f"{self.anew:.0f} s",
        }


def backed_up(folder: Path, dossiers: int) -> BackedUp:
    for name in ("before", "same", "new"):
        (folder / name).mkdir()
    with store(folder / "before") as running:
        migrate(running.url)
        client = connect(running.url)
        fill(client, Past(dossiers, UNTIL))
        before = figures(client)
        saved = timed(lambda: save(client, folder / "backup", "topics", datetime.now(UTC), tell))
    restored, anew = (back(folder, name, before, new_log=new_log) for name, new_log in (("same", False), ("new", True)))
    return BackedUp(dossiers, opened(folder / "backup").said, saved, restored, anew)


def back(folder: Path, name: str, before: list[object], *, new_log: bool) -> float:
    """Into a store that has nothing. Checksums are part of the time."""
    with store(folder / name) as running:
        migrate(running.url)
        client = connect(running.url)
        wanted = [table.name for table in tables(client)]
        seconds = timed(lambda: restore(client, opened(folder / "backup"), wanted, tell, new_log=new_log))
        if figures(client) != before or drift(client):
            raise Wrong(f"restored ({name} topics): figures are not what they were")
        return seconds


def figures(client: Client) -> list[object]:
    """The headline of each period, and every definition of one month."""
    month = parse(JUDGED)
    asked = [(Scope(month), of_families(month, EVERY)), *((Scope(parse(period)), HEADLINE) for period in PERIODS)]
    return [reading.json() for scope, kpis in asked for reading in kpi(client, scope, kpis=kpis)]


def timed(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began

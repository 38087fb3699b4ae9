"""What is judged from the facts: a new definition over all history, every KPI of a year by agency, and closes."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

from clickhouse_connect.driver.client import Client

from dashboards.closing.closing import Wish, close
from dashboards.figures import EVERY, Scope, in_force, kpi
from dashboards.store import connect
from deploy.migrate import migrate
from metrics.catalogue.appointments import FAMILY
from metrics.kpi import Better, Kpi, Ratio, Source
from metrics.period import parse
from metrics.predicate import All, AtLeast, NotAfter, Within
from metrics.terms import Dossiers
from metrics.words import Text
from tests.bench.board.fill import fill
from tests.bench.board.past import Past
from tests.bench.usage import usage
from tests.support.store import store

UNTIL = date(2025, 12, 31)
YEARS, YEAR, MONTH = ("2023", "2024", "2025"), "2025", "2025-11"
CLOSE = "closing a month, all families"
RECEIVED = All((Within("received_at"), NotAfter("resolved_less_waits", "due_at")))
NEW = Kpi(
    "new", 1, FAMILY, Text("Mới", "New"), Ratio(Dossiers(All((RECEIVED, AtLeast("requests", 0)))), Dossiers(RECEIVED)),
    Better.HIGHER, Source("bench"),
)  # fmt: skip
"""Looks at supplements, and so at steps and records of every dossier."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Seconds, and the most memory that the store ever held."""

    dossiers: int
    found: dict[str, float | None]
    peak_mb: float

    def row(self) -> dict[str, str]:
        seconds = {name: "–" if took is None else f"{took:.1f} s" for name, took in self.found.items()}
        return {"dossiers": f"{self.dossiers:,}", **seconds, "store, peak": f"{self.peak_mb:,.0f} MB"}


def judged(folder: Path, dossiers: int, *, closing: bool) -> Judged:
    """A close takes minutes, and most of them whatever the number of dossiers: it is measured where it is asked for."""
    with store(folder) as running:
        migrate(running.url)
        client = connect(running.url)
        fill(client, Past(dossiers, UNTIL))
        found = {**dict(_measured(client)), CLOSE: _timed(lambda: _close(client, MONTH)) if closing else None}
        return Judged(dossiers, found, usage(running.process.pid).peak_mb)


def _measured(client: Client) -> Iterator[tuple[str, float]]:
    yield "a new definition over three years", _timed(lambda: [kpi(client, Scope(parse(y)), kpis=[NEW]) for y in YEARS])
    yield "every KPI of a year, 130 agencies", _timed(lambda: _every(client, YEAR))


def _every(client: Client, name: str) -> None:
    period = parse(name)
    assert len(kpi(client, Scope(period, by="agency"), kpis=in_force(period))) > 0


def _close(client: Client, name: str) -> None:
    close(client, Wish(parse(name), "bench", "", EVERY), lambda: datetime.now(UTC), uuid4)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began

"""One look at 2,000 thresholds, once when all is quiet and once when all of them move; and one preview."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from clickhouse_connect.driver.client import Client

from dashboards.agencies import agencies
from dashboards.alerts.evaluator import Conditions, Evaluator
from dashboards.alerts.preview import preview
from dashboards.alerts.rules import Rules, stored
from dashboards.alerts.states import States
from dashboards.auth.rows import Rows
from dashboards.store import connect
from deploy.migrate import migrate
from metrics.alerting.subject import SUBJECTS
from metrics.alerting.threshold import NOW, Direction, Threshold
from tests.support.filling import fill, province
from tests.support.province import TOPICS, arrived
from tests.support.store import store

AT = datetime(2026, 6, 10, 3, tzinfo=UTC)
OVERS = ("day", "week", "month", "quarter", "year")
MINUTE = timedelta(minutes=1)
COLUMNS = ("id", "revision", "at", "actor", "what", "before", "after", "why")
REQUESTS = ("nhip.requests",)


@dataclass(frozen=True, slots=True)
class Looks:
    """Seconds of the first look (everything is written), of a quiet one, and of one preview of 90 days."""

    thresholds: int
    dossiers: int
    agencies: int
    first: float
    quiet: float
    preview: float

    def row(self) -> dict[str, str]:
        """The goal: a look at 2,000 thresholds within 2 seconds."""
        return {
            "thresholds": f"{self.thresholds:,}",
            "dossiers": f"{self.dossiers:,}",
            "agencies": str(self.agencies),
            "first look, all of them written": f"{self.first:.2f} s",
            "a quiet look": f"{self.quiet:.2f} s",
            "a preview of 90 days": f"{self.preview:.1f} s",
        }


def looks(folder: Path, thresholds: int, dossiers: int) -> Looks:
    with store(folder) as running:
        migrate(running.url)
        client, rows = connect(running.url), Rows(running.url)
        fill(client, province(folder / "drop", dossiers, 5), records=500, cut=500)
        known = list(agencies(client, AT.date()))
        wanted = list(every(known, thresholds))
        put(rows, wanted)
        evaluator = Evaluator(client, Rules(rows, lambda: AT), States(rows), Conditions())
        first, _, quiet = (look(evaluator, client, AT + number * MINUTE) for number in range(3))
        one = next(each for each in wanted if each.agency is None and each.over == "month")
        began = time.monotonic()
        preview(client, one, AT)
        return Looks(len(wanted), dossiers, len(known), first, quiet, time.monotonic() - began)


def look(evaluator: Evaluator, client: Client, at: datetime) -> float:
    arrived(client, at, (*TOPICS, *REQUESTS))
    return evaluator.evaluate(at).seconds


def every(known: list[str], most: int) -> Iterator[Threshold]:
    """Every KPI that agencies have, over every period, for every agency; and the late lists."""
    places = [None, *known]
    headline = [about for about in SUBJECTS.values() if about.of_agencies and (not about.kpi or about.kpi.of_cells)]
    made = (
        Threshold(about.id, about.version, Direction.BELOW if about.kpi else Direction.ABOVE, Decimal(50), over=over,
                  agency=place)
        for place in places for about in headline for over in (OVERS if about.kpi else (NOW,))
    )  # fmt: skip
    for _, threshold in zip(range(most), made, strict=False):
        yield threshold


def put(rows: Rows, wanted: list[Threshold]) -> None:
    """In one block: 2,000 people do not come one after the other."""
    lines = [[each.id, 1, AT - MINUTE, "bench", "set", "", stored(each), "bench"] for each in wanted]
    rows.add_all("threshold", COLUMNS, lines)

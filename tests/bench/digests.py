"""Digests of a province of 130 agencies: the province's own, and one for each of them."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dashboards.actions.book import Book
from dashboards.agencies import agencies
from dashboards.alerts.outbox import Outbox, Routes
from dashboards.alerts.rules import Rules
from dashboards.auth.rows import Rows
from dashboards.digest.archive import Archive
from dashboards.digest.promises import promises_of
from dashboards.digest.publishing import Publisher
from dashboards.store import connect
from deploy.migrate import migrate
from metrics.period import parse
from tests.support.filling import fill, province
from tests.support.store import store

MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
WEEK = parse("2026-W46")
EACH = 10
"""Agencies whose own digests are made one after the other."""


@dataclass(frozen=True, slots=True)
class Made:
    """Seconds: read, drawn as HTML, pictures, text and PDF, kept and put into the outbox."""

    dossiers: int
    agencies: int
    first: float
    again: float
    each: float
    bytes: int

    def row(self) -> dict[str, str]:
        """The goal: a digest for 130 agencies within 60 seconds."""
        return {
            "dossiers": f"{self.dossiers:,}",
            "agencies": str(self.agencies),
            "the province's digest, issued": f"{self.first:.1f} s",
            "issued again": f"{self.again:.1f} s",
            "one agency's (mean of 10)": f"{self.each:.1f} s",
            "the letter": f"{self.bytes / 1000:,.0f} kB",
        }


def digests(folder: Path, dossiers: int) -> Made:
    with store(folder) as running:
        migrate(running.url)
        client, rows = connect(running.url), Rows(running.url)
        fill(client, province(folder / "drop", dossiers, 5), records=500, cut=500)
        known = list(agencies(client, WEEK.last))
        places = [None, *known[:EACH]]
        making = Publisher(
            client, Rules(rows, now), Archive(rows), Outbox(rows, Routes({}, (), ()), ""),
            dict.fromkeys(places, ("digest:bench",)), "", promises_of(Book(rows, now)),
        )  # fmt: skip
        first = seconds(lambda: making.first(WEEK, None, MONDAY))
        again = seconds(lambda: making.asked(WEEK, None, MONDAY, again=True))
        each = seconds(lambda: [making.first(WEEK, place, MONDAY) for place in places[1:]]) / EACH
        newest = making.archive.newest(WEEK, None)
        size = len(newest.mail) if newest else 0
        return Made(dossiers, len(known), first, again, each, size)


def now() -> datetime:
    return MONDAY


def seconds(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began

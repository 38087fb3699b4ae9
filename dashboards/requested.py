"""Requests by a column of theirs: how many, how they were answered, and how long people waited."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import partial

import polars as pl
from clickhouse_connect.driver.client import Client

from dashboards.question import ASKED_IN
from dashboards.recall import in_pieces
from dashboards.store import frame
from metrics.histogram import quantile
from metrics.period import Period

ASKED = f"{ASKED_IN} AND requests > 0"
"""What was asked for by others than ourselves."""
COUNTS = ("requests", "failed", "not_found", "robots")
READ = {
    "key": pl.String(),
    **dict.fromkeys(COUNTS, pl.Int64()),
    "buckets": pl.List(pl.UInt16()),
    "times": pl.List(pl.Int64()),
}
SHARES = (0.5, 0.95, 0.99)


@dataclass(frozen=True, slots=True)
class Answers:
    """Requests and how they were answered; `waits` are the milliseconds that 50, 95 and 99 of 100 did not exceed."""

    requests: int
    failed: int
    not_found: int
    robots: int
    waits: tuple[float | None, float | None, float | None]


@dataclass(frozen=True, slots=True)
class Requested:
    """`waits` counts them by bucket (metrics/histogram.py)."""

    requests: int = 0
    failed: int = 0
    not_found: int = 0
    robots: int = 0
    waits: Counter[int] = field(default_factory=Counter)

    def __add__(self, other: "Requested") -> "Requested":
        return Requested(
            self.requests + other.requests,
            self.failed + other.failed,
            self.not_found + other.not_found,
            self.robots + other.robots,
            self.waits + other.waits,
        )

    @property
    def answers(self) -> Answers:
        p50, p95, p99 = (quantile(self.waits, share) for share in SHARES)
        return Answers(self.requests, self.failed, self.not_found, self.robots, (p50, p95, p99))


def requested_by(
    client: Client, period: Period, column: str, where: str = "1", most: int | None = None
) -> list[tuple[str, Requested]]:
    """By errors, then by requests; at most so many."""
    rows = pl.concat(in_pieces(client, period, ("requested by", column, where), partial(_read, column, where)))
    found = rows.group_by("key").agg(pl.col(COUNTS).sum())
    found = found.sort("failed", "requests", "key", descending=[True, True, False]).head(most or len(found))
    waits = _waits(rows.filter(pl.col("key").is_in(found["key"].to_list())))
    return [
        (row["key"], Requested(waits=waits.get(row["key"], Counter()), **{name: row[name] for name in COUNTS}))
        for row in found.iter_rows(named=True)
    ]


def _read(column: str, where: str, client: Client, first: date, last: date) -> pl.DataFrame:
    question = (
        f"SELECT {column} AS key, {', '.join(f'sum({name}) AS {name}_' for name in COUNTS)}, "
        f"sumMap(request.buckets, request.times) AS waits FROM request FINAL WHERE {ASKED} AND {where} GROUP BY key"
    )
    counts = ", ".join(f"{name}_ AS {name}" for name in COUNTS)
    return frame(
        client, f"SELECT key, {counts}, waits.1 AS buckets, waits.2 AS times FROM ({question})", READ,
        first=first, last=last,
    )  # fmt: skip


def _waits(rows: pl.DataFrame) -> dict[str, Counter[int]]:
    found: dict[str, Counter[int]] = {}
    each = rows.select("key", "buckets", "times").explode("buckets", "times").drop_nulls()
    for key, bucket, times in each.group_by("key", "buckets").agg(pl.col("times").sum()).iter_rows():
        found.setdefault(key, Counter())[bucket] = times
    return found

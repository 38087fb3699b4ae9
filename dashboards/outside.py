"""How the portal's pages answered when they were asked for from outside."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from clickhouse_connect.driver.client import Client

from dashboards.items import moment
from dashboards.question import ASKED_IN
from dashboards.recall import in_pieces
from dashboards.store import frame
from metrics.histogram import quantile
from metrics.period import Period
from metrics.request import PROBE

READ = {
    "page": pl.String(),
    "probes": pl.Int64(),
    "answered": pl.Int64(),
    "buckets": pl.List(pl.UInt16()),
    "times": pl.List(pl.Int64()),
    "failed_at": pl.Datetime("us"),
}


@dataclass(frozen=True, slots=True)
class Outside:
    """Of a page: `waits` in milliseconds of those answered as expected; `failed_at` is the last minute with another."""

    page: str
    probes: int
    answered: int
    p50: float | None
    p95: float | None
    failed_at: datetime | None


def outside(client: Client, period: Period) -> list[Outside]:
    """Those in trouble first."""
    rows = pl.concat(in_pieces(client, period, "outside", _read))
    pages = rows.group_by("page").agg(pl.col("probes", "answered").sum(), pl.col("failed_at").max())
    waits = {page: Counter[int]() for page in pages["page"]}
    for page, buckets, times in rows.select("page", "buckets", "times").iter_rows():
        waits[page].update(dict(zip(buckets, times, strict=True)))
    trouble = pl.col("probes") - pl.col("answered")
    return [_page(waits[row[0]], *row) for row in pages.sort(-trouble, "page").iter_rows()]


def _read(client: Client, first: date, last: date) -> pl.DataFrame:
    return frame(
        client,
        "SELECT page, asked AS probes, answered, waits.1 AS buckets, waits.2 AS times, failed_at FROM ("
        "SELECT page, sum(probes) AS asked, sum(probes_answered) AS answered, "
        "sumMap(request.buckets, request.times) AS waits, maxOrNullIf(at, probes_answered < probes) AS failed_at "
        f"FROM request FINAL WHERE {ASKED_IN} AND probes > 0 GROUP BY page)",
        READ,
        first=first,
        last=last,
    )


def _page(waits: Counter[int], page: str, probes: int, answered: int, failed_at: datetime | None) -> Outside:
    p50, p95 = quantile(waits, 0.5), quantile(waits, 0.95)
    return Outside(page.removeprefix(PROBE), probes, answered, p50, p95, moment(failed_at))

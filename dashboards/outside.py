"""How the portal's pages answered when they were asked for from outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from dashboards.items import moment
from dashboards.requested import Requested, waits
from metrics.histogram import quantile
from metrics.request import PROBE


@dataclass(frozen=True, slots=True)
class Outside:
    """Of a page: `waits` in milliseconds of those answered as expected; `failed_at` is the last minute with another."""

    page: str
    probes: int
    answered: int
    p50: float | None
    p95: float | None
    failed_at: datetime | None


def outside(asked: Requested) -> list[Outside]:
    """Those in trouble first."""
    rows = asked.pages.filter(pl.col("probes") > 0)
    waited = waits(rows)
    pages = rows.group_by("key").agg(pl.col("probes", "probes_answered").sum(), pl.col("failed_at").max())
    pages = pages.sort(pl.col("probes_answered") - pl.col("probes"), "key")
    return [_page(waited[page[0]], *page) for page in pages.iter_rows()]


def _page(waited: Mapping[int, int], page: str, probes: int, answered: int, failed_at: datetime | None) -> Outside:
    p50, p95 = quantile(waited, 0.5), quantile(waited, 0.95)
    return Outside(page.removeprefix(PROBE), probes, answered, p50, p95, moment(failed_at))

"""How the portal's pages answered when they were asked for from outside."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from clickhouse_connect.driver.client import Client

from dashboards.items import moment
from dashboards.portal import IN_PERIOD
from dashboards.store import ask
from metrics.histogram import quantile
from metrics.period import Period
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


def outside(client: Client, period: Period) -> list[Outside]:
    """Those in trouble first."""
    rows = ask(
        client,
        "SELECT page, sum(probes) AS asked, sum(probes_answered) AS answered, "
        "sumMap(request.buckets, request.times), maxOrNullIf(at, probes_answered < probes) "
        f"FROM request FINAL WHERE {IN_PERIOD} AND probes > 0 GROUP BY page ORDER BY asked - answered DESC, page",
        first=period.first,
        last=period.last,
    )
    return [_page(*row) for row in rows]


def _page(
    page: str, probes: int, answered: int, waited: tuple[list[int], list[int]], failed_at: datetime | None
) -> Outside:
    waits = Counter(dict(zip(*waited, strict=True)))
    p50, p95 = quantile(waits, 0.5), quantile(waits, 0.95)
    return Outside(page.removeprefix(PROBE), int(probes), int(answered), p50, p95, moment(failed_at))

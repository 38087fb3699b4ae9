"""How the service portal does in a period: what was asked of it, how it answered, and how long people waited.

Read from the minutes that the worker has folded. Times are of people alone, robots and unknown times left out; a
quantile is within metrics.histogram.ERROR of the exact one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

import polars as pl
from clickhouse_connect.driver.client import Client

from dashboards.question import ASKED_IN, FIRST
from dashboards.recall import in_pieces
from dashboards.requested import Requested, waits
from dashboards.store import ask
from metrics.civil import CIVIL, CIVIL_SQL_ZONE
from metrics.histogram import quantile
from metrics.period import Period

ANSWERED = ("requests", "failed", "not_found", "robots")
SERVICES = 20
LONGEST_STEPS = ((1, 5), (7, 60), (31, 360))
"""Up to so many days of a period: minutes of a step of its course. Longer ones go by days."""
DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Answers:
    """Requests and how they were answered; `waits` are the milliseconds that 50, 95 and 99 of 100 did not exceed."""

    requests: int
    failed: int
    not_found: int
    robots: int
    waits: tuple[float | None, float | None, float | None]


NONE = Answers(0, 0, 0, 0, (None, None, None))


@dataclass(frozen=True, slots=True)
class Page:
    """Of a class of pages, or of a service; `name` is the service's where the catalogue knows it."""

    page: str
    name: str | None
    answers: Answers


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of the period's course."""

    at: datetime
    requests: int
    failed: int


@dataclass(frozen=True, slots=True)
class Portal:
    """`minutes` are those with requests, `answering` those of them in which not every request failed.

    `step` is how many minutes a step has.
    """

    whole: Answers
    minutes: int
    answering: int
    busiest: int
    pages: tuple[Page, ...]
    services: tuple[Page, ...]
    step: int
    course: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """Of a step of the period's course."""

    at: datetime
    requests: int
    failed: int
    minutes: int
    answering: int
    busiest: int


def portal(period: Period, asked: Requested, names: Mapping[str, str], minutes: Sequence[Minutes]) -> Portal:
    """Of what was read; pages and services with most errors first, then by requests. `names` are the services'."""
    pages = asked.pages.filter(pl.col("requests") > 0)
    return Portal(
        whole=next((answers for _, answers in _answers(pages.with_columns(key=pl.lit("")))), NONE),
        minutes=sum(found.minutes for found in minutes),
        answering=sum(found.answering for found in minutes),
        busiest=max((found.busiest for found in minutes), default=0),
        pages=tuple(Page(page, None, answers) for page, answers in _answers(pages)),
        services=tuple(Page(code, names.get(code), answers) for code, answers in _answers(asked.services, SERVICES)),
        step=step_of(period),
        course=tuple(Step(found.at, found.requests, found.failed) for found in minutes),
    )


def _answers(rows: pl.DataFrame, most: int | None = None) -> Iterator[tuple[str, Answers]]:
    found = rows.group_by("key").agg(pl.col(ANSWERED).sum())
    found = found.sort("failed", "requests", "key", descending=[True, True, False]).head(most or len(found))
    waited = waits(rows.filter(pl.col("key").is_in(found["key"].to_list())))
    for key, requests, failed, not_found, robots in found.iter_rows():
        p50, p95, p99 = (quantile(waited[key], share) for share in (0.5, 0.95, 0.99))
        yield key, Answers(requests, failed, not_found, robots, (p50, p95, p99))


def step_of(period: Period) -> int:
    """Minutes of a step of its course."""
    days = (period.last - period.first).days + 1
    return next((step for most, step in LONGEST_STEPS if days <= most), DAY)


def by_minute(client: Client, period: Period, step: int) -> list[Minutes]:
    """Steps of so many minutes; those without requests are left out."""
    return [each for piece in in_pieces(client, period, ("minutes", step), partial(_minutes, step)) for each in piece]


def _minutes(step: int, client: Client, first: date, last: date) -> list[Minutes]:
    """A day is made of whole steps."""
    begins = datetime(first.year, first.month, first.day, tzinfo=CIVIL)
    since = f"toDateTime64({FIRST}, 0, '{CIVIL_SQL_ZONE}')"
    minute = (
        "SELECT at, sum(requests) AS asked, sum(failed) AS broke "
        f"FROM request FINAL WHERE {ASKED_IN} AND requests > 0 GROUP BY at"
    )
    rows = ask(
        client,
        f"SELECT intDiv(dateDiff('minute', {since}, at), {{step:UInt32}}) AS number, "
        f"sum(asked), sum(broke), count(), countIf(broke < asked), max(asked) FROM ({minute}) "
        "GROUP BY number ORDER BY number",
        step=step,
        first=first,
        last=last,
    )
    return [Minutes(begins + timedelta(minutes=step * int(n)), *map(int, counts)) for n, *counts in rows]

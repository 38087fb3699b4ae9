"""How the service portal does in a period: what was asked of it, how it answered, and how long people waited.

Read from the minutes that the worker has folded. Times are of people alone, robots and unknown times left out; a
quantile is within metrics.histogram.ERROR of the exact one.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.names import service_names
from dashboards.question import FIRST, LAST
from dashboards.store import ask
from metrics.civil import CIVIL, CIVIL_SQL_ZONE
from metrics.histogram import quantile
from metrics.period import Period

IN_PERIOD = f"toDate32(at, '{CIVIL_SQL_ZONE}') BETWEEN {FIRST} AND {LAST}"
ASKED = f"{IN_PERIOD} AND requests > 0"
"""What was asked for by others than ourselves."""
NAMED = "procedure != ''"
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


Pages = tuple[Answers, Sequence[Page]]
"""All pages together, and each."""


def portal(period: Period, pages: Pages, services: Sequence[Page], minutes: Sequence[Minutes]) -> Portal:
    """From the answers to the three questions below."""
    return Portal(
        whole=pages[0],
        minutes=sum(found.minutes for found in minutes),
        answering=sum(found.answering for found in minutes),
        busiest=max((found.busiest for found in minutes), default=0),
        pages=tuple(pages[1]),
        services=tuple(services),
        step=_step(period),
        course=tuple(Step(found.at, found.requests, found.failed) for found in minutes),
    )


def by_page(client: Client, period: Period) -> Pages:
    """By errors, then by requests."""
    pages = [(str(page), _counted(counts)) for page, *counts in ask(client, _by("page"), **_days(period))]
    whole = sum((counts for _, counts in pages), _Counts())
    return whole.answers, [Page(page, None, counts.answers) for page, counts in pages]


def by_service(client: Client, period: Period) -> list[Page]:
    """Likewise, the first few."""
    found = ask(client, f"{_by('procedure', NAMED)} LIMIT {SERVICES}", **_days(period))
    known = service_names(client) if found else {}
    return [Page(code, known.get(code), _counted(counts).answers) for code, *counts in found]


@dataclass(frozen=True, slots=True)
class _Counts:
    requests: int = 0
    failed: int = 0
    not_found: int = 0
    robots: int = 0
    waits: Counter[int] = field(default_factory=Counter)

    def __add__(self, other: "_Counts") -> "_Counts":
        return _Counts(
            self.requests + other.requests,
            self.failed + other.failed,
            self.not_found + other.not_found,
            self.robots + other.robots,
            self.waits + other.waits,
        )

    @property
    def answers(self) -> Answers:
        waits = (quantile(self.waits, 0.5), quantile(self.waits, 0.95), quantile(self.waits, 0.99))
        return Answers(self.requests, self.failed, self.not_found, self.robots, waits)


def _by(column: str, where: str = "1") -> str:
    return (
        f"SELECT {column}, sum(requests) AS asked, sum(failed) AS broke, sum(not_found), sum(robots), "
        f"sumMap(request.buckets, request.times) FROM request FINAL WHERE {ASKED} AND {where} "
        f"GROUP BY {column} ORDER BY broke DESC, asked DESC, {column}"
    )


def _counted(counts: Sequence[Any]) -> _Counts:
    requests, failed, not_found, robots, (buckets, times) = counts
    return _Counts(requests, failed, not_found, robots, Counter(dict(zip(buckets, times, strict=True))))


def _days(period: Period) -> dict[str, date]:
    return {"first": period.first, "last": period.last}


def _step(period: Period) -> int:
    days = (period.last - period.first).days + 1
    return next((step for most, step in LONGEST_STEPS if days <= most), DAY)


def by_minute(client: Client, period: Period) -> list[Minutes]:
    """Steps without requests are left out."""
    step = _step(period)
    begins = datetime(period.first.year, period.first.month, period.first.day, tzinfo=CIVIL)
    since = f"toDateTime64({{begins:String}}, 0, '{CIVIL_SQL_ZONE}')"
    minute = f"SELECT at, sum(requests) AS asked, sum(failed) AS broke FROM request FINAL WHERE {ASKED} GROUP BY at"
    rows = ask(
        client,
        f"SELECT intDiv(dateDiff('minute', {since}, at), {{step:UInt32}}) AS number, "
        f"sum(asked), sum(broke), count(), countIf(broke < asked), max(asked) FROM ({minute}) "
        "GROUP BY number ORDER BY number",
        begins=f"{period.first} 00:00:00",
        step=step,
        **_days(period),
    )
    return [Minutes(begins + timedelta(minutes=step * int(n)), *map(int, counts)) for n, *counts in rows]

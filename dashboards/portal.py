"""How the service portal does in a period: what was asked of it, how it answered, and how long people waited.

Read from the minutes that the worker has folded. Times are of people alone, robots and unknown times left out; a
quantile is within metrics.histogram.ERROR of the exact one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from clickhouse_connect.driver.client import Client

from dashboards.names import service_names
from dashboards.question import FIRST
from dashboards.recall import in_pieces
from dashboards.requested import ASKED, Answers, Requested, requested_by
from dashboards.store import ask
from metrics.civil import CIVIL, CIVIL_SQL_ZONE
from metrics.period import Period

NAMED = "procedure != ''"
SERVICES = 20
LONGEST_STEPS = ((1, 5), (7, 60), (31, 360))
"""Up to so many days of a period: minutes of a step of its course. Longer ones go by days."""
DAY = 24 * 60


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
        step=step_of(period),
        course=tuple(Step(found.at, found.requests, found.failed) for found in minutes),
    )


def by_page(client: Client, period: Period) -> Pages:
    """By errors, then by requests."""
    pages = requested_by(client, period, "page")
    whole = sum((found for _, found in pages), Requested())
    return whole.answers, [Page(page, None, found.answers) for page, found in pages]


def by_service(client: Client, period: Period) -> list[Page]:
    """Likewise, the first few."""
    services = requested_by(client, period, "procedure", NAMED, SERVICES)
    known = service_names(client) if services else {}
    return [Page(code, known.get(code), found.answers) for code, found in services]


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
    minute = f"SELECT at, sum(requests) AS asked, sum(failed) AS broke FROM request FINAL WHERE {ASKED} GROUP BY at"
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

"""How many visitors the portal served, estimated for each day from the marks they left, and added up over days.

A visitor is an address with a browser's name on one day: who comes on two days counts twice, and people behind one
address with one browser count once. The error of one day's estimate is metrics.visitors.ERROR.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl
from clickhouse_connect.driver.client import Client

from dashboards.question import ASKED_IN, ASKED_ON
from dashboards.recall import in_pieces
from dashboards.requested import PLACES, Requested
from dashboards.store import ask, frame
from metrics.funnel import STEPS
from metrics.period import Period
from metrics.readings.sql import text
from metrics.visitors import RANK_BITS, RANKS, REGISTERS, estimates

WHOLE, OF_PAGES, OF_SERVICES = 3, 1, 0
"""What the rows were grouped by: neither page nor service, pages alone, both; as SQL's grouping() says it."""
LEVELS = ((*PLACES, "day", "register"), ("page", "day", "register"), ("day", "register"))
READ = {"level": pl.Int64(), **dict.fromkeys(PLACES, pl.String()), "visitors": pl.Float64()}
MARKED = {
    **{name: kind for name, kind in READ.items() if name != "visitors"},
    "used": pl.Int64(),
    "halves": pl.Float64(),
    "full": pl.Int64(),
}
MOST_MARKS = 500_000
"""Of days that are grouped together, or one day's: the store gives a reader little memory."""


@dataclass(frozen=True, slots=True)
class Visits:
    """`visitors` is None where nobody's mark is there; `untold` of the served requests came without marks."""

    visitors: int | None
    untold: int


def visits(came: pl.DataFrame, asked: Requested) -> Visits:
    """Of the whole portal."""
    found = came.filter(pl.col("level") == WHOLE)["visitors"]
    return Visits(round(found.sum()) if len(found) else None, int(asked.pages["untold"].sum()))


def came(client: Client, period: Period) -> pl.DataFrame:
    """Estimates by level, page and service, not rounded yet: to be added up. None where nobody left a mark."""
    return pl.concat(in_pieces(client, period, "came", _read))


def _read(client: Client, first: date, last: date) -> pl.DataFrame:
    found = [_estimated(client, *days) for days in _days_together(client, first, last)] or [pl.DataFrame(schema=READ)]
    return pl.concat(found).group_by("level", *PLACES).agg(pl.col("visitors").sum())


def _days_together(client: Client, first: date, last: date) -> Iterator[tuple[date, date]]:
    """Days that have marks, so many together as the store can group within a reader's memory."""
    if first == last:
        yield first, last
        return
    counted = (
        f"SELECT {ASKED_ON} AS day, sum(length(visitors)) AS marks "
        f"FROM request WHERE {ASKED_IN} GROUP BY day HAVING marks > 0 ORDER BY day"
    )
    together: list[date] = []
    left = MOST_MARKS
    for day, marks in ask(client, counted, first=first, last=last):
        if together and marks > left:
            yield together[0], together[-1]
            together, left = [], MOST_MARKS
        together.append(day)
        left -= marks
    if together:
        yield together[0], together[-1]


def _estimated(client: Client, first: date, last: date) -> pl.DataFrame:
    """Marks of a page, or of all, are not the sum of its services': who came to two left the same mark twice."""
    marks = f"SELECT page, procedure, at, arrayJoin(visitors) AS mark FROM request FINAL WHERE {ASKED_IN}"
    sets = ", ".join(f"({', '.join(level)})" for level in LEVELS)
    registers = (
        "SELECT grouping(page, procedure) AS level, page, procedure, "
        f"{ASKED_ON} AS day, bitShiftRight(mark, {RANK_BITS}) AS register, "
        f"max(bitAnd(mark, {(1 << RANK_BITS) - 1})) AS highest FROM ({marks}) "
        f"WHERE mark < {REGISTERS << RANK_BITS} GROUP BY GROUPING SETS ({sets}) HAVING highest BETWEEN 1 AND {RANKS}"
    )
    steps = ", ".join(map(text, STEPS))
    question = (
        f"SELECT level, page, procedure, count() AS used, sumIf(exp2(-highest), highest < {RANKS}) AS halves, "
        f"countIf(highest = {RANKS}) AS full FROM ({registers}) WHERE level = {WHOLE} OR page IN ({steps}) "
        "GROUP BY level, page, procedure, day"
    )
    found = estimates(frame(client, question, MARKED, first=first, last=last))
    return found.select(*READ)

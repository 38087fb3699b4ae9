"""How many visitors the portal served, estimated for each day from the marks they left, and added up over days.

A visitor is an address with a browser's name on one day: who comes on two days counts twice, and people behind one
address with one browser count once. The error of one day's estimate is metrics.visitors.ERROR.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from clickhouse_connect.driver.client import Client

from dashboards.question import ASKED_IN
from dashboards.recall import in_pieces
from dashboards.store import ask, frame
from metrics.civil import CIVIL_SQL_ZONE
from metrics.period import Period
from metrics.visitors import RANK_BITS, RANKS, REGISTERS, estimates

MARKED = {"day": pl.Date(), "used": pl.Int64(), "halves": pl.Float64(), "full": pl.Int64()}


@dataclass(frozen=True, slots=True)
class Visits:
    """`visitors` is None where nobody's mark is there; `untold` of the served requests came without marks."""

    visitors: int | None
    untold: int


def visits(client: Client, period: Period) -> Visits:
    """Of the whole portal."""
    found = in_pieces(client, period, "visits", _visits)
    came = pl.concat([visitors for visitors, _ in found])["visitors"]
    return Visits(round(came.sum()) if len(came) else None, sum(untold for _, untold in found))


def _visits(client: Client, first: date, last: date) -> tuple[pl.DataFrame, int]:
    untold = f"SELECT sum(served) FROM request FINAL WHERE {ASKED_IN} AND empty(visitors)"
    return visitors_by(client, first, last, ()), int(ask(client, untold, first=first, last=last)[0][0])


def visitors_by(client: Client, first: date, last: date, by: Sequence[str], where: str = "1") -> pl.DataFrame:
    """By columns of `request`, or by day without any, with a column `visitors`: to be added up, then rounded.

    None where nobody left a mark.
    """
    keys = "".join(f"{column}, " for column in by)
    marks = f"SELECT {keys}at, arrayJoin(visitors) AS mark FROM request FINAL WHERE {ASKED_IN} AND {where}"
    registers = (
        f"SELECT {keys}toDate32(at, '{CIVIL_SQL_ZONE}') AS day, bitShiftRight(mark, {RANK_BITS}) AS register, "
        f"max(bitAnd(mark, {(1 << RANK_BITS) - 1})) AS highest FROM ({marks}) "
        f"WHERE mark < {REGISTERS << RANK_BITS} GROUP BY {keys}day, register HAVING highest BETWEEN 1 AND {RANKS}"
    )
    question = (
        f"SELECT {keys}day, count() AS used, sumIf(exp2(-highest), highest < {RANKS}) AS halves, "
        f"countIf(highest = {RANKS}) AS full FROM ({registers}) GROUP BY {keys}day"
    )
    schema = dict.fromkeys(by, pl.String()) | MARKED
    found = estimates(frame(client, question, schema, first=first, last=last))
    return found.group_by(by or "day").agg(pl.col("visitors").sum())

"""How many visitors the portal served, estimated for each day from the marks they left, and added up over days.

A visitor is an address with a browser's name on one day: who comes on two days counts twice, and people behind one
address with one browser count once. The error of one day's estimate is metrics.visitors.ERROR.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.portal import IN_PERIOD
from dashboards.store import ask
from metrics.civil import CIVIL_SQL_ZONE
from metrics.period import Period
from metrics.visitors import RANK_BITS, RANKS, REGISTERS, estimate


@dataclass(frozen=True, slots=True)
class Visits:
    """`visitors` is None where nobody's mark is there; `untold` of the served requests came without marks."""

    visitors: int | None
    untold: int


def visits(client: Client, period: Period) -> Visits:
    """Of the whole portal."""
    found = visitors_by(client, period, "''")
    untold = f"SELECT sum(served) FROM request FINAL WHERE {IN_PERIOD} AND empty(visitors)"
    return Visits(found.get(""), int(ask(client, untold, first=period.first, last=period.last)[0][0]))


def visitors_by(client: Client, period: Period, key: str, where: str = "1", **given: Any) -> Mapping[Any, int]:
    """By an expression over columns of `request`."""
    registers = (
        f"SELECT {key} AS key, toDate32(at, '{CIVIL_SQL_ZONE}') AS day, bitShiftRight(mark, {RANK_BITS}) AS register, "
        f"max(bitAnd(mark, {(1 << RANK_BITS) - 1})) AS highest "
        f"FROM request FINAL ARRAY JOIN visitors AS mark WHERE {IN_PERIOD} AND {where} "
        f"AND mark < {REGISTERS << RANK_BITS} GROUP BY key, day, register HAVING highest BETWEEN 1 AND {RANKS}"
    )
    question = f"SELECT key, day, highest, count() FROM ({registers}) GROUP BY key, day, highest"
    days: defaultdict[Any, dict[int, int]] = defaultdict(dict)
    for found, day, highest, registers_of_it in ask(client, question, first=period.first, last=period.last, **given):
        days[found, day][int(highest)] = int(registers_of_it)
    sums: defaultdict[Any, float] = defaultdict(float)
    for (found, _), ranks in days.items():
        sums[found] += estimate(ranks)
    return {found: round(visitors) for found, visitors in sums.items()}

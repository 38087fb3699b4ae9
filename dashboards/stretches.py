"""Lists of dossiers in the order of their codes, a few codes at a time.

`FINAL` brings all rows of a table together before the first is answered, where new rows lie all over it. So codes are
taken in order from any rows that hold, and then the newest rows of these few are asked. The newest row of a dossier is
one of its rows, so none is missed; what it no longer holds for falls out.
"""

from collections.abc import Sequence
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.store import ask

SPARE, MOST_ROWS = 20, 2_000
"""Rows more than wanted that are looked at, as some are of one dossier or hold no longer; and the most of a stretch."""

Rows = list[tuple[Any, ...]]


def in_stretches(client: Client, columns: Sequence[str], where: str, limit: int, given: dict[str, Any]) -> Rows:
    """At least the first `limit` dossiers beyond `given["after"]` that it holds for, if there are so many.

    The first column is the dossier's code; `where` is a condition on a row of `dossier`.
    """
    found: Rows = []
    after, size, more = given["after"], min(limit + SPARE, MOST_ROWS), True
    while more and len(found) < limit:
        codes = _codes(client, where, size, {**given, "after": after})
        found += _newest(client, columns, where, {**given, "codes": sorted(set(codes))})
        more, size, after = len(codes) == size, min(size * 4, MOST_ROWS), codes[-1] if codes else after
    return found


def _codes(client: Client, where: str, size: int, given: dict[str, Any]) -> list[str]:
    beyond = f"dossier > {{after:String}} AND {where}"
    asked = f"SELECT dossier FROM dossier WHERE {beyond} ORDER BY dossier LIMIT {{size:UInt32}}"
    return [code for (code,) in ask(client, asked, size=size, **given)]


def _newest(client: Client, columns: Sequence[str], where: str, given: dict[str, Any]) -> Rows:
    if not given["codes"]:
        return []
    mine = "dossier IN {codes:Array(String)}"
    return ask(
        client, f"SELECT {', '.join(columns)} FROM dossier FINAL WHERE {mine} AND {where} ORDER BY dossier", **given
    )

"""Lists of dossiers in the order of their codes, a few codes at a time.

`FINAL` brings all rows of a table together before the first is answered, where new rows lie all over it. So codes are
taken in order from any rows that hold, and then the newest rows of these few are asked. The newest row of a dossier is
one of its rows, so none is missed; what it no longer holds for falls out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from clickhouse_connect.driver.client import Client

from dashboards.store import ask

SPARE, MOST_ROWS = 20, 2_000
"""Rows more than wanted that are looked at, as some are of one dossier or hold no longer; and the most of a stretch."""

Rows = list[tuple[Any, ...]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stretching:
    """What is asked: columns, the first of them the dossier's code, and conditions on a row of `dossier`.

    `where` may hold for rows that are not wanted, but holds for all that are. `newest` is what the newest rows are
    asked besides, as far as whoever reads them does not look for himself.
    """

    columns: Sequence[str]
    where: str
    newest: str


def in_stretches(
    client: Client, asked: Stretching, limit: int, given: dict[str, Any], read: Callable[[Rows], Sequence[T]]
) -> list[T]:
    """At least the first `limit` that are wanted beyond the code `given["after"]`, if there are so many.

    `read` makes of the newest rows what is wanted, and leaves out what is not.
    """
    found: list[T] = []
    after, size, more = given["after"], min(limit + SPARE, MOST_ROWS), True
    while more and len(found) < limit:
        codes = _codes(client, asked.where, size, {**given, "after": after})
        found += read(_newest(client, asked, {**given, "codes": sorted(set(codes))}) if codes else [])
        more, size, after = len(codes) == size, min(size * 4, MOST_ROWS), codes[-1] if codes else after
    return found


def _codes(client: Client, where: str, size: int, given: dict[str, Any]) -> list[str]:
    beyond = f"dossier > {{after:String}} AND {where}"
    asked = f"SELECT dossier FROM dossier WHERE {beyond} ORDER BY dossier LIMIT {{size:UInt32}}"
    return [code for (code,) in ask(client, asked, size=size, **given)]


def _newest(client: Client, asked: Stretching, given: dict[str, Any]) -> Rows:
    where = f"dossier IN {{codes:Array(String)}} AND {asked.newest}"
    return ask(client, f"SELECT {', '.join(asked.columns)} FROM dossier FINAL WHERE {where} ORDER BY dossier", **given)

"""What the requests of days that are over come to, kept until one of them changes.

A portal has many requests a dossier, and a year of them is read for seconds. A period is read in pieces, its months,
and what is kept is what a reading made of a piece: little, however many requests there were.
"""

from collections.abc import Callable, Hashable, Iterator
from datetime import date, timedelta
from typing import TypeVar

from clickhouse_connect.driver.client import Client

from dashboards.cache import Cache
from dashboards.moved import HELD, LOOKED_AT, REQUESTS, Looks
from metrics.civil import civil

T = TypeVar("T")
Reading = Callable[[Client, date, date], T]
"""Of requests alone, of days from first to last."""
Piece = tuple[date, date]
"""Its first and last day."""

NEAR = 2
"""Days before today that are pieces by themselves: a log may come a day later."""
SETTLED = 3600.0
"""Seconds for which a reading is kept that was made when its days had rested."""


class Kept:
    """Of a client, what was read of pieces that are over; of today, what was read a moment ago."""

    def __init__(self, client: Client, cache: Cache) -> None:
        self._client, self._cache = client, cache
        self._looks = Looks(client, REQUESTS, cache)

    def pieces(self, first: date, last: date) -> list[Piece]:
        """Without those that have no requests, but one."""
        found = [piece for piece in pieces(first, last, self._today()) if self._has_any(*piece)]
        return found or [(first, last)]

    def days(self) -> list[date]:
        """Those that have requests."""
        return list(self._looks.now().days)

    def read(self, name: Hashable, reading: Reading[T], first: date, last: date) -> T:
        """Of today, for all who ask within a moment; what is made of it is as old as it is (`Cache.part`)."""
        if last >= self._today():
            live = ("live requests", name, first, last)
            return self._cache.part(live, lambda: reading(self._client, first, last), LOOKED_AT).value
        changed, rested = self._looks.now().changed(first, last), self._looks.rested(first, last)
        key = ("kept", name, first, last, changed, rested)
        return self._cache.get(key, lambda: reading(self._client, first, last), SETTLED if rested else HELD).value

    def _has_any(self, first: date, last: date) -> bool:
        """Today, as of now, which only the store can tell."""
        return first <= self._today() <= last or self._looks.now().changed(first, last) > 0

    def _today(self) -> date:
        return civil(self._cache.clock()).date()


def pieces(first: date, last: date, today: date) -> Iterator[Piece]:
    """Months, or what of them lies between these days; the days near today one by one, and what is to come."""
    near = [today - timedelta(days=days) for days in range(-1, NEAR + 1)]
    while first <= last:
        after = (first.replace(day=1) + timedelta(days=31)).replace(day=1)
        until = min([after, *(day for day in near if day > first), last + timedelta(days=1)])
        yield first, until - timedelta(days=1)
        first = until

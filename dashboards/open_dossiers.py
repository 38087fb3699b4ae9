"""Open dossiers that have a due moment, held by the board: of the store only what is new is read each time.

Most dossiers lie in a few large parts, which the store never changes, only replaces: what is open in these is read
once. Of the other parts all rows are read each time, and what the large ones say of dossiers that are open there. So
whatever is open is read, and the newest row of each; of several the newest holds.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import polars as pl
from clickhouse_connect.driver.client import Client

from dashboards.cache import Cache
from dashboards.moved import HELD
from dashboards.store import ask, frame
from metrics.errors import Unavailable
from metrics.readings.sql import text

ENDING = ("3", "7", "8")
"""Refused, withdrawn, stopped: a dossier with such a last step is not resolved, and yet nobody works on it."""
ENDED = f"({', '.join(map(text, ENDING))})"
OPEN = f"resolved_at IS NULL AND ifNull(status, '') NOT IN {ENDED}"
"""As far as the record says; the last step may say that it has ended."""
DUE = f"({OPEN} AND due_at IS NOT NULL)"

LARGE = 50_000
"""Rows of a part that is read once."""
SERVES = 10.0
"""Seconds for which a reading serves all who ask, as lists do."""
TRIES = 3
SHOWN: Mapping[str, Any] = MappingProxyType(
    {"dossier": pl.String(), "agency": pl.String(), "due_at": pl.Datetime("us", "UTC")}
)
READ: Mapping[str, Any] = MappingProxyType({**SHOWN, "version": pl.UInt64(), "open": pl.Boolean()})
PARTS = """SELECT _part, max(rows), max(first) FROM (
    SELECT _part, count() AS rows, NULL AS first FROM dossier GROUP BY _part
    UNION ALL SELECT _part, 0, version FROM dossier WHERE _part_offset = 0) GROUP BY _part ORDER BY _part"""
WITHIN = "_part IN {parts:Array(String)}"
OTHERS = f"NOT {WITHIN}"
TWICE = f"{WITHIN} AND dossier IN (SELECT dossier FROM dossier WHERE {OTHERS} AND {DUE})"

Parts = tuple[tuple[Any, ...], ...]
"""Of each its name, its rows, and the version of the first: a table that took this one's place may use names again."""


class OpenDossiers:
    """Of a client."""

    def __init__(self, client: Client, cache: Cache) -> None:
        self._client, self._cache = client, cache

    def now(self) -> pl.DataFrame:
        """As SHOWN, most urgent first, as of a moment ago."""
        return self._cache.part("open dossiers", self._read, SERVES).value

    def _read(self) -> pl.DataFrame:
        """What goes into another part between two readings is read twice, and not missed.

        Where that is a large one, which might not fit into the memory, all is read again.
        """
        for _ in range(TRIES):
            sizes = ask(self._client, PARTS)
            large = tuple(part for part in sizes if part[1] >= LARGE)
            parts, most = [name for name, *_ in large], sum(rows for _, rows, _ in sizes if rows < LARGE) + LARGE
            within = self._in_large(large, parts)
            others = _rows(self._client, f"{OTHERS} LIMIT {{most:UInt64}}", parts=parts, most=most)
            if len(others) < most:
                return _newest(within, _rows(self._client, TWICE, parts=parts), others)
        raise Unavailable("the store is putting large parts together: try again")

    def _in_large(self, large: Parts, parts: list[str]) -> pl.DataFrame:
        key = ("open in", large)
        return self._cache.get(key, lambda: _rows(self._client, f"{WITHIN} AND {DUE}", parts=parts), HELD).value


def read_open(client: Client) -> pl.DataFrame:
    """The same, all read now."""
    return _newest(_rows(client, DUE))


def _rows(client: Client, where: str, **given: Any) -> pl.DataFrame:
    question = f"SELECT dossier, agency, due_at, version, {DUE} AS open FROM dossier FINAL WHERE {where}"
    return frame(client, question, READ, **given)


def _newest(*read: pl.DataFrame) -> pl.DataFrame:
    newest = pl.concat(read).sort("version", maintain_order=True).unique("dossier", keep="last")
    return newest.filter("open").sort("due_at", "dossier").select(*SHOWN)

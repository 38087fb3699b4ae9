"""Answers that still hold, asked of the store again only when what they were read from has changed.

Most questions of a page are about the catalogue, the calendar, the units or the closes. Each is a small one, but the
store thinks some milliseconds about it. One question says of all these tables how much is in them; while it says the
same, what was answered before still holds. Figures of a span of days hold while none of its cells has changed
(`moved.py`). A change is seen when those questions' own moment is over.
"""

import re
from collections.abc import Hashable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar, cast

import polars as pl
from clickhouse_connect.driver.client import Client

from dashboards.cache import Cache
from dashboards.daybook import Daybook
from dashboards.kept import Kept, Reading
from dashboards.moved import CELLS as LOOK
from dashboards.moved import HELD, LOOKED_AT, Looks, Moved
from dashboards.open_dossiers import OpenDossiers, read_open
from dashboards.question import FIRST, LAST
from dashboards.store import ask
from metrics.period import Period

T = TypeVar("T")

NEWEST: Mapping[str, str] = MappingProxyType(
    {
        "service": "version",
        "agency": "version",
        "calendar_day": "version",
        "calendar_hours": "version",
        "unit_succession": "version",
        "unit_import": "version",
        "period_close": "toUnixTimestamp64Micro(written_at)",
    }
)
"""Tables that people or the catalogue's stream change now and then, with what is new in every new row."""
MARKS = " UNION ALL ".join(f"SELECT '{table}', count(), sum({newest}) FROM {table}" for table, newest in NEWEST.items())
CELLS, SPANNED = "kpi_cell", f"FROM kpi_cell FINAL PREWHERE day BETWEEN {FIRST} AND {LAST}"
READ = re.compile(r"\b(?:FROM|JOIN|IN)\s+(\w+)", re.IGNORECASE)


class Recalling:
    """A client, as far as this room uses one, that knows what it was answered."""

    def __init__(self, client: Client, cache: Cache) -> None:
        self._client = client
        self._cache = cache
        self._looks = Looks(client, LOOK, cache)
        self.daybook = Daybook(cast("Client", self), lambda: (self._marks(), self._days()), cache)
        self.requests = Kept(client, cache)
        self.open = OpenDossiers(client, cache)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def query(self, question: str, parameters: Mapping[str, Any]) -> Any:
        moved = self._last_moved(question, parameters) if recalled(question) else None
        if moved is None:
            return self._client.query(question, parameters=dict(parameters))
        key = ("recalled", self._marks(), moved, question, repr(sorted(parameters.items())))
        return self._cache.get(key, lambda: Answer(self._rows(question, parameters)), HELD).value

    def _last_moved(self, question: str, parameters: Mapping[str, Any]) -> int | None:
        """None where events may be coming in: what is shown as live is read when it is said to be."""
        if CELLS not in question:
            return 0
        return self._days().last(parameters["first"], parameters["last"])

    def _marks(self) -> str:
        return self._cache.get("marks", lambda: repr(ask(self._client, MARKS)), LOOKED_AT).value

    def _days(self) -> Moved:
        return self._looks.now()

    def _rows(self, question: str, parameters: Mapping[str, Any]) -> list[Any]:
        return list(self._client.query(question, parameters=dict(parameters)).result_rows)


class Answer:
    """What `ask` looks at."""

    def __init__(self, rows: list[Any]) -> None:
        self.result_rows = rows


def recalled(question: str) -> bool:
    """Whether it reads nothing but these tables, and cells of the days from `first` to `last`."""
    read = READ.findall(question)
    within = question.count(CELLS) == question.count(SPANNED)
    return bool(read) and within and all(table in NEWEST or table == CELLS for table in read)


def recalling(client: Client, cache: Cache) -> Client:
    return cast("Client", Recalling(client, cache))


def daybook(client: Client) -> Daybook | None:
    """Of a client that recalls."""
    return client.daybook if isinstance(client, Recalling) else None


def in_pieces(client: Client, period: Period, name: Hashable, reading: Reading[T]) -> list[T]:
    """What it makes of the requests of a period: of its pieces, where the client keeps them, else of the whole.

    The name stands for the reading and everything it depends on besides days and their requests.
    """
    if not isinstance(client, Recalling):
        return [reading(client, period.first, period.last)]
    kept = client.requests
    return [kept.read(name, reading, *piece) for piece in kept.pieces(period.first, period.last)]


def open_dossiers(client: Client) -> pl.DataFrame:
    """With dossier, agency and due_at, most urgent first."""
    return client.open.now() if isinstance(client, Recalling) else read_open(client)


def requested_days(client: Client) -> list[date]:
    """Days that have requests, of a client that recalls."""
    return client.requests.days() if isinstance(client, Recalling) else []

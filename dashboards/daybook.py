"""Counts of days that are over, held until a cell of the day has changed: figures of any span are added up from them.

A trend, a league, a year ask for the same days again and again, and the store thinks longer about most questions than
it reads. The newest day, where events may be coming in, is read for all at once and as of now.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from threading import Lock

import polars as pl
from clickhouse_connect.driver.client import Client

from dashboards.by_day import SCHEMA, read
from dashboards.cache import Cache
from dashboards.kinds import FIRST_EVER, LAST_EVER
from dashboards.moved import HELD, Moved
from dashboards.question import FIRST
from metrics.civil import civil
from metrics.errors import Unavailable

MOST = 31
"""Days that are read at once. Whoever asks for more that are not held is answered by the store, until they are."""
AHEAD, REST = 0.8, timedelta(seconds=1)
"""The share of its time after which a day is read again beside the requests; and how long these rest in between."""
WATCHED = timedelta(seconds=10)
"""For how long after somebody asked the newest day is read ahead, whether it is asked for or not."""
LIVE = 2.0
"""Seconds for which the newest day serves all figures: what is made of it is as old as it is, and serves no longer."""


@dataclass(frozen=True, slots=True)
class Days:
    """What is held while the catalogue says `marks`. `read`: of each day the last look before it was read, and when."""

    marks: str = ""
    read: Mapping[date, tuple[int, datetime]] = field(default_factory=dict)
    rows: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SCHEMA))

    def missing(self, days: Iterable[date], moved: Moved, since: datetime) -> list[date]:
        """Those last read before they changed, or before then, in their order."""
        return sorted(day for day in days if not self._holds(day, moved, since))

    def _holds(self, day: date, moved: Moved, since: datetime) -> bool:
        look, at = self.read.get(day, (-1, since))
        return look >= moved.days[day] and at > since

    def beside(self, days: Collection[date], rows: pl.DataFrame, look: int, at: datetime) -> "Days":
        others = self.rows.filter(~pl.col("day").is_in(list(days)))
        return Days(self.marks, {**self.read, **dict.fromkeys(days, (look, at))}, pl.concat([others, rows]))


class Daybook:
    """`look` says what the catalogue's marks are and which days changed when, as of a moment ago."""

    def __init__(self, client: Client, look: Callable[[], tuple[str, Moved]], cache: Cache) -> None:
        self._client, self._look, self._cache = client, look, cache
        self._days, self._ahead_at = Days(), cache.clock()
        self._reading, self._ahead = Lock(), Lock()
        self._asked_at = datetime.min.replace(tzinfo=UTC)

    def rows(self, first: date, last: date, agencies: Sequence[str] | None) -> pl.DataFrame | None:
        """What `by_day.SCHEMA` says, of these days; None where too many of them are not held yet."""
        marks, moved = self._look()
        newest, self._asked_at = self._newest(moved), self._cache.clock()
        over = [day for day in moved.days if first <= day <= last and day < newest]
        self.read_ahead()
        if len(self._held(marks).missing(over, moved, self._since())) > MOST:
            return None
        rows = self._with(over, marks, moved).rows
        if newest <= last:
            rows = pl.concat([rows, self._live(newest, marks)])
        asked = rows.filter(pl.col("day").is_between(first, last))
        return asked if agencies is None else asked.filter(pl.col("agency").is_in(agencies))

    def keep_near(self) -> None:
        """Called again and again: while people ask, the newest day is read again before they have to wait for it."""
        if self._cache.clock() - self._asked_at < WATCHED:
            marks, moved = self._look()
            self._live(self._newest(moved), marks)

    def read_ahead(self) -> None:
        """Beside the requests, and not more often than now and then."""
        if self._cache.clock() >= self._ahead_at and self._ahead.acquire(blocking=False):
            self._ahead_at = self._cache.clock() + REST
            self._cache.spawn(self._read_beside)

    def _newest(self, moved: Moved) -> date:
        """Where events may be coming in: the last day that has cells, but today where somebody's pen slipped."""
        return min(moved.newest or FIRST_EVER, civil(self._cache.clock()).date())

    def _live(self, newest: date, marks: str) -> pl.DataFrame:
        def reading() -> pl.DataFrame:
            return read(self._client, f"day >= {FIRST}", newest, LAST_EVER, {})

        return self._cache.part(("live", newest, marks), reading, LIVE).value

    def _held(self, marks: str) -> Days:
        held = self._days
        return held if held.marks == marks else Days(marks)

    def _since(self, share: float = 1.0) -> datetime:
        return self._cache.clock() - timedelta(seconds=HELD * share)

    def _with(self, days: Sequence[date], marks: str, moved: Moved, share: float = 1.0) -> Days:
        """All of these days: one reading at a time, so that nobody reads what another is reading."""
        held = self._held(marks)
        if not held.missing(days, moved, self._since(share)):
            return held
        with self._reading:
            held = self._held(marks)
            if missing := held.missing(days, moved, self._since(share)):
                at, given = self._cache.clock(), {"days": missing}
                rows = read(self._client, "day IN {days:Array(Date32)}", min(missing), max(missing), given)
                self._days = held = held.beside(missing, rows, moved.looks, at)
            return held

    def _read_beside(self) -> None:
        """All that was never read, the newest first; of what was, and is held long, a part, and then others come first.

        What fails here is asked again, and told, by whoever needs it.
        """
        try:
            new = True
            while new:
                marks, moved = self._look()
                over = [day for day in moved.days if FIRST_EVER < day < self._newest(moved)]  # before it lie fences
                missing = self._held(marks).missing(over, moved, self._since(AHEAD))[-MOST:]
                new = any(day not in self._held(marks).read for day in missing)
                self._with(missing, marks, moved, AHEAD)
        except Unavailable:
            return
        finally:
            self._ahead.release()

"""A query as a source: rows whose watermark is near or beyond the newest one that Kafka has, in stretches."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, and_, column, or_, select, text
from sqlalchemy.exc import DBAPIError, NoSuchColumnError, SQLAlchemyError

from ingest.border import Border
from ingest.database.mark import START, Mark, Row, Sent, Water, sent, water_of
from ingest.database.said import DatabaseSaid
from ingest.kept import Kept
from ingest.mapping.mapping import Mapped
from ingest.mapping.rows import Rows
from ingest.source import Stretch
from metrics.errors import Misconfigured, Unavailable

Place = tuple[Water, Any]
"""Watermark and key of the last row that was seen."""


@dataclass(slots=True)
class Query:
    """`name` is what dead letters call it. `rest` waits so many seconds between two questions; `now` has a zone."""

    engine: Engine
    said: DatabaseSaid
    kept: Kept[Mark]
    border: Border
    name: str
    rest: Callable[[float], None]
    now: Callable[[], datetime]
    _mark: Mark = field(init=False)

    def __post_init__(self) -> None:
        self._mark = self.kept.read() or START

    @property
    def anew(self) -> bool:
        """Whether all rows will be asked for, as those of another mapping are: no letter of them stands then."""
        return self._mark == START

    def look(self) -> Iterator[Stretch]:
        """Only rows that were not sent as they are now; none outside the hours in which the database may be asked."""
        mapped, since, place = Mapped(self.said), self._mark.since(self.said.overlap), None
        known = {one.row for one in self._mark.sent}
        while self.may_ask() and (rows := self._asked(since, place)):
            told = [sent(row, water_of(row[self.said.watermark])) for row in rows]
            place = (told[-1].water, rows[-1][self.said.key])
            fresh = [(row, one) for row, one in zip(rows, told, strict=True) if one.row not in known]
            known |= {one.row for one in told}
            if fresh:
                yield self._stretch(mapped, fresh)
            if len(rows) < self.said.rows:
                return
            self.rest(self.said.pause)

    def may_ask(self) -> bool:
        return self.said.may_ask(self.now())

    def first(self, most: int) -> list[Row]:
        """For a dry run."""
        return list(self._asked(None, None, most))

    def _stretch(self, mapped: Mapped, fresh: Sequence[tuple[Row, Sent]]) -> Stretch:
        first = self._mark.count + 1
        events = Rows(mapped, self.border).passed(self.name, ((first + n, row) for n, (row, _) in enumerate(fresh)))
        behind = self._mark.counted(len(fresh)).moved((one for _, one in fresh), self.said.overlap)
        return Stretch(events, lambda: self._keep(behind))

    def _keep(self, mark: Mark) -> None:
        self._mark = mark
        self.kept.write(mark)

    def _asked(self, since: Water | None, place: Place | None, most: int | None = None) -> Sequence[Row]:
        with reading(self.engine) as connection:
            asked = self._question(since, place).limit(most or self.said.rows)
            return [dict(row) for row in connection.execute(asked).mappings()]

    def _question(self, since: Water | None, place: Place | None) -> Select[Any]:
        """Only what the mapping names is asked for: nothing else of a row ever comes here."""
        names = {*Mapped(self.said).columns, self.said.watermark, self.said.key}
        given = text(self.said.query).columns(*(column(name) for name in sorted(names))).subquery("given")
        water, key = given.c[self.said.watermark], given.c[self.said.key]
        asked = select(given).where(water.is_not(None)).order_by(water, key)
        if place is not None:
            return asked.where(or_(water > place[0], and_(water == place[0], key > place[1])))
        return asked if since is None else asked.where(water >= since)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Nothing is ever written: whatever was asked is rolled back. The driver's words say no values, but may say SQL."""
    try:
        with engine.connect() as connection:
            yield connection.execution_options(postgresql_readonly=True)
    except NoSuchColumnError as error:
        raise Misconfigured([f"the query gives no such column: {error}"]) from None
    except DBAPIError as error:
        if error.connection_invalidated or type(error).__name__ in {"OperationalError", "InterfaceError"}:
            raise Unavailable(f"the database cannot be asked: {_words(error)}") from None
        raise Misconfigured([f"query: the database says: {_words(error)}"]) from None
    except SQLAlchemyError as error:
        raise Misconfigured([f"query: {error}"]) from None


def _words(error: DBAPIError) -> str:
    """The first line: what follows may quote rows."""
    return str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__

"""Dated rows about things of one kind: each change with who, when and why, before and after. None is ever changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

from dashboards.auth.rows import Rows

T = TypeVar("T")

COLUMNS = "id, revision, toUnixTimestamp64Milli(at), actor, what, before, after, why"


@dataclass(frozen=True, slots=True)
class Change(Generic[T]):
    """One row. `revision` counts from 1. No `before`: there was none; no `after`: it was taken away."""

    id: str
    revision: int
    at: datetime
    actor: str
    what: str
    before: T | None
    after: T | None
    why: str


class Ledger(Generic[T]):
    """Of one table with the columns above. `clock` gives the moment of a change."""

    def __init__(self, rows: Rows, clock: Callable[[], datetime], table: str, kind: type[T]) -> None:
        self._rows, self._table = rows, table
        self._stored = TypeAdapter(kind)
        self.clock = clock

    def history(self, name: str | None = None, until: datetime | None = None) -> list[Change[T]]:
        """Oldest first; of one thing or all, up to and with that moment."""
        where, given = ["1"], dict[str, Any]()
        if name is not None:
            where, given = [*where, "id = {id:String}"], {**given, "id": name}
        if until is not None:
            where, given = [*where, "at <= {until:DateTime64(3, 'UTC')}"], {**given, "until": until}
        rows = self._rows.ask(
            f"SELECT {COLUMNS} FROM {self._table} WHERE {' AND '.join(where)} ORDER BY at, id, revision, actor", **given
        )
        return [self._change(row) for row in rows]

    def newest(self, name: str) -> Change[T] | None:
        return max(self.history(name), key=age, default=None)

    def add(  # noqa: PLR0913, PLR0917  (the columns of a row)
        self, name: str, before: T | None, after: T | None, what: str, actor: str, why: str
    ) -> Change[T]:
        """A clock that went back makes no row older than the one before it."""
        newest = self.newest(name)
        at, revision = (max(self.clock(), newest.at), newest.revision) if newest else (self.clock(), 0)
        made = Change(name, revision + 1, at, actor, what, before, after, why.strip())
        self._write([made])
        return made

    def begin(self, things: Mapping[str, T], what: str, actor: str, why: str) -> None:
        """The first rows of things that there were none of: all of them or none."""
        at = self.clock()
        self._write([Change(name, 1, at, actor, what, None, each, why.strip()) for name, each in things.items()])

    def _write(self, made: Sequence[Change[T]]) -> None:
        columns = ("id", "revision", "at", "actor", "what", "before", "after", "why")
        rows = [
            [each.id, each.revision, each.at, each.actor, each.what, *map(self._written, (each.before, each.after)),
             each.why]
            for each in made
        ]  # fmt: skip
        self._rows.add_all(self._table, columns, rows)

    def _written(self, value: T | None) -> str:
        return "" if value is None else self._stored.dump_json(value).decode()

    def _change(self, row: tuple[Any, ...]) -> Change[T]:
        name, revision, at, actor, what, *values, why = row
        before, after = (self._stored.validate_json(each) if each else None for each in values)
        return Change(name, revision, datetime.fromtimestamp(at / 1000, UTC), actor, what, before, after, why)


def age(change: Change[Any]) -> tuple[int, datetime]:
    """What makes a change of the same thing newer."""
    return change.revision, change.at

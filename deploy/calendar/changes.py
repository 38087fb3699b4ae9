"""Changes to the stored calendar: each a row more, with who, when and why. Misconfigured tells a bad one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError

from dashboards.calendar import Change, Decision, Entry, decisions, history, stored
from dashboards.store import unavailable
from metrics.calendar import BOUNDS, Calendar, Hours, Kind, number
from metrics.errors import Misconfigured
from metrics.words import Text

NO_NAME = Text("", "")
DAY_COLUMNS = ("day", "kind", "swap", "name_vi", "name_en", "why", "provisional", "actor", "at", "version")


@dataclass(frozen=True, slots=True)
class Changes:
    """`actor` is who decides, `clock` gives seconds of Unix time."""

    client: Client
    actor: str
    clock: Callable[[], float]

    def seed(self, entries: Sequence[Entry]) -> None:
        """What they tell that is new, and what they tell no more; of days that nobody but this actor decided on."""
        known = decisions(self.client)
        ours = {each.day: each for each in known if each.actor == self.actor}
        others = {each.day for each in known} - ours.keys()
        said = {each.day: each for each in entries if each.day not in others}
        gone = [_usual(each.day, each.why) for each in ours.values() if each.day not in said]
        told = [
            each for each in (*said.values(), *gone) if each.day not in ours or _said(ours[each.day]) != _said(each)
        ]
        if told:
            self._add(told)

    def set(self, day: date, kind: Kind, why: str, swap: date | None = None) -> None:
        """With `swap`, that day is worked if this one is off, and the other way round."""
        entries = [Entry(day, kind, swap, NO_NAME, why, provisional=False)]
        if swap is not None:
            other = Kind.WORK if kind is Kind.OFF else Kind.OFF
            entries.append(Entry(swap, other, day, NO_NAME, why, provisional=False))
        known, calendar = _by_day(decisions(self.client)), stored(self.client)
        if found := [problem for each in entries for problem in _idle(each, known.get(each.day), calendar)]:
            raise Misconfigured(found)
        self._add(entries)

    def undo(self, day: date, why: str) -> list[Entry]:
        """The day, and the one it was swapped with, as before their newest change, which may have been an undoing."""
        newest = {change.now.day: change for change in history(self.client)}
        if day not in newest:
            raise Misconfigured([f"{day}: nothing was ever decided about that day"])
        undone = [newest[day]]
        other = newest.get(newest[day].now.swap or day)
        if other and other.now.day != day and other.now.version == newest[day].now.version:
            undone.append(other)
        entries = [_before(change, why) for change in undone]
        self._add(entries)
        return entries

    def confirm(self, year: int, why: str) -> int:
        """Nothing of the year is provisional any more; says how many days were."""
        found = [each for each in decisions(self.client) if each.day.year == year and each.provisional]
        if not found:
            raise Misconfigured([f"{year}: no day of that year is provisional"])
        self._add([replace(each, why=why, provisional=False) for each in found])
        return len(found)

    def hours(self, valid_from: date, hours: Hours, why: str) -> None:
        """These from that day on, until a day from which others hold."""
        at, version = self._stamp("calendar_hours")
        row = [valid_from, *(getattr(hours, name) for name in BOUNDS), why, self.actor, at, version]
        self._insert("calendar_hours", [row], ("valid_from", *BOUNDS, "why", "actor", "at", "version"))

    def _add(self, entries: Sequence[Entry]) -> None:
        """All of them or none: one insert."""
        at, version = self._stamp("calendar_day")
        self._insert("calendar_day", [_row(each, self.actor, at, version) for each in entries], DAY_COLUMNS)

    def _stamp(self, table: str) -> tuple[datetime, int]:
        """Newer than any row before, even where the clock went back."""
        newest = self.client.query(f"SELECT max(version) FROM {table}").result_rows[0][0]  # noqa: S608
        now = self.clock()
        return datetime.fromtimestamp(now, UTC), max(int(now * 1_000_000), newest + 1)

    def _insert(self, table: str, rows: Sequence[Sequence[Any]], columns: Sequence[str]) -> None:
        try:
            self.client.insert(table, rows, column_names=columns)
        except ClickHouseError as error:
            raise unavailable(error) from error


def _by_day(found: Iterable[Decision]) -> dict[date, Decision]:
    return {each.day: each for each in found}


def _said(entry: Entry) -> tuple[Any, ...]:
    """All but the source: a new version of the library alone is no news."""
    return entry.kind, entry.swap, entry.name, entry.provisional


def _idle(entry: Entry, known: Entry | None, calendar: Calendar) -> Iterator[str]:
    """The problem with an entry that changes nothing."""
    changed = Calendar({**calendar.days, entry.day: entry.kind}, calendar.hours)
    same_hours = changed.open[number(entry.day)] == calendar.open[number(entry.day)]
    if same_hours and (known is None or (known.kind, known.swap, False) == (entry.kind, entry.swap, known.provisional)):
        yield f"{entry.day}: is so already; {entry.kind} would change nothing"


def _before(change: Change, why: str) -> Entry:
    if change.before is None:
        return _usual(change.now.day, why)
    before = change.before
    return Entry(before.day, before.kind, before.swap, before.name, why, before.provisional)


def _usual(day: date, why: str) -> Entry:
    return Entry(day, Kind.USUAL, None, NO_NAME, why, provisional=False)


def _row(entry: Entry, actor: str, at: datetime, version: int) -> list[Any]:
    name = entry.name
    return [entry.day, entry.kind.value, entry.swap, name.vi, name.en, entry.why, entry.provisional, actor, at, version]

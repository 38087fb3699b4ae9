"""The working calendar as it is stored: what holds, and what was decided before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.store import ask
from metrics.calendar import BOUNDS, FIRST_DAY, LAST_DAY, Calendar, Hours, Kind, number
from metrics.errors import Misconfigured
from metrics.words import Text

COLUMNS = "day, kind, swap, name_vi, name_en, why, provisional, actor, toUnixTimestamp64Milli(at), version"


@dataclass(frozen=True, slots=True)
class Entry:
    """What holds of a day. `swap` is worked instead, or off instead; `provisional`: computed, not decided by anyone."""

    day: date
    kind: Kind
    swap: date | None
    name: Text
    why: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class Decision(Entry):
    """Who entered it, and when."""

    actor: str
    at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Change:
    """What held of a day before (None: as the week has it), and now."""

    before: Decision | None
    now: Decision


@dataclass(frozen=True, slots=True)
class HoursDecision:
    """Working hours from a day on."""

    valid_from: date
    hours: Hours
    why: str
    actor: str
    at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the calendar: what was decided about its days, and the hours that hold in it, by day."""

    year: int
    days: tuple[Decision, ...]
    hours: tuple[HoursDecision, ...]
    calendar: Calendar

    @property
    def provisional(self) -> bool:
        """Nobody has decided about any day of it yet."""
        return all(each.provisional for each in self.days)

    @property
    def working_days(self) -> int:
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        return sum(day.seconds > 0 for day in self.calendar.open[number(first) : number(last) + 1])


def of_year(client: Client, year: int) -> Year:
    """Misconfigured where the calendar does not go."""
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise Misconfigured([f"year: write one from {FIRST_DAY.year} to {LAST_DAY.year}"])
    days = tuple(each for each in decisions(client) if each.day.year == year)
    return Year(year, days, tuple(_in_force(hours_decisions(client), year)), stored(client))


def _in_force(found: Iterable[HoursDecision], year: int) -> list[HoursDecision]:
    """Those that the year begins with, and those that it brings."""
    begun = sorted((each for each in found if each.valid_from.year <= year), key=lambda each: each.valid_from)
    earlier = [each for each in begun if each.valid_from <= date(year, 1, 1)]
    return earlier[-1:] + begun[len(earlier) :]


def stored(client: Client) -> Calendar:
    """The calendar as it holds now."""
    days, hours = decisions(client), hours_decisions(client)
    version = max([0, *(each.version for each in days), *(each.version for each in hours)])
    return Calendar({each.day: each.kind for each in days}, {each.valid_from: each.hours for each in hours}, version)


def decisions(client: Client) -> list[Decision]:
    """What holds of every day that anything was decided about, by day."""
    rows = ask(client, f"SELECT {COLUMNS} FROM calendar_day ORDER BY day, version DESC LIMIT 1 BY day")
    return [_decision(row) for row in rows]


def hours_decisions(client: Client) -> list[HoursDecision]:
    """The hours that hold, each from its day on."""
    return list(_newest(hours_history(client)))


def history(client: Client) -> list[Change]:
    """Every change of a day there ever was, oldest first."""
    found: list[Change] = []
    newest: dict[date, Decision] = {}
    for row in ask(client, f"SELECT {COLUMNS} FROM calendar_day ORDER BY version, day"):
        now = _decision(row)
        found.append(Change(newest.get(now.day), now))
        newest[now.day] = now
    return found


def hours_history(client: Client) -> list[HoursDecision]:
    """Every decision about hours there ever was, oldest first."""
    question = (
        f"SELECT valid_from, {', '.join(BOUNDS)}, why, actor, toUnixTimestamp64Milli(at), version FROM calendar_hours"
    )
    rows = ask(client, f"{question} ORDER BY version, valid_from")
    return [HoursDecision(row[0], Hours(*row[1:5]), row[5], row[6], _moment(row[7]), row[8]) for row in rows]


def _newest(found: Iterable[HoursDecision]) -> Iterable[HoursDecision]:
    return {each.valid_from: each for each in found}.values()


def _decision(row: tuple[Any, ...]) -> Decision:
    day, kind, swap, vi, en, why, provisional, actor, at, version = row
    return Decision(day, Kind(kind), swap, Text(vi, en), why, provisional, actor, _moment(at), version)


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)

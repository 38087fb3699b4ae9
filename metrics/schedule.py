"""When something is due that comes once a week, month or quarter: `mon 07:00`, `2 07:00`."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from metrics.alerting.windows import DAYS
from metrics.civil import CIVIL, civil
from metrics.errors import Misconfigured

WEEKLY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun) (\d\d:\d\d)")
DATED = re.compile(r"(\d\d?) (\d\d:\d\d)")
LATEST_DAY = 28
"""Every month has it."""
OFF = "off"


@dataclass(frozen=True, slots=True)
class Turn:
    """`kind` is week, month or quarter; `day` counts from 0 within it; `at` is civil time."""

    kind: str
    day: int
    at: time

    def last(self, now: datetime) -> datetime:
        """The newest moment that is not after now."""
        here = civil(now)
        begun = _beginning(self.kind, here)
        moment = self._in(begun)
        return moment if moment <= here else self._in(_beginning(self.kind, begun - timedelta(days=1)))

    def _in(self, begun: datetime) -> datetime:
        return datetime.combine(begun.date() + timedelta(days=self.day), self.at, CIVIL)


def _beginning(kind: str, here: datetime) -> datetime:
    day = here.replace(hour=0, minute=0, second=0, microsecond=0)
    if kind == "week":
        return day - timedelta(days=day.weekday())
    first = day.replace(day=1)
    return first if kind == "month" else first.replace(month=(first.month - 1) // 3 * 3 + 1)


def turn(kind: str, text: str) -> Turn | None:
    """None for `off` or nothing. Misconfigured says how it is written."""
    said = text.strip().lower()
    if said in {"", OFF}:
        return None
    match = (WEEKLY if kind == "week" else DATED).fullmatch(said)
    example = "mon 07:00" if kind == "week" else f"2 07:00, a day from 1 to {LATEST_DAY}"
    try:
        day, at = (match[1], time.fromisoformat(match[2])) if match else ("", time())
    except ValueError:
        day = ""
    number = DAYS.index(day) if day in DAYS else int(day or 0) - 1
    if not day or not 0 <= number < LATEST_DAY:
        raise Misconfigured([f"{text!r} is no time of a {kind}; write {example}, or {OFF}"])
    return Turn(kind, number, at)

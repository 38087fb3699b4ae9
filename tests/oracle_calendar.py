"""Working time by looking at every minute, and at every second where a minute is not whole. Civil time without zone."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

GOLDEN = Path(__file__).with_name("golden")
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
OFFICE = ("07:00", "11:30", "13:30", "17:00")


@dataclass
class Naive:
    """`kinds` are named as the command names them; `hours` hold from their day on, as 07:00 texts."""

    kinds: dict[date, str] = field(default_factory=dict)
    hours: dict[date, tuple[str, str, str, str]] = field(default_factory=lambda: {date(2000, 1, 1): OFFICE})

    def open(self, at: datetime) -> bool:
        if not 2000 <= at.year <= 2099:
            return False
        kind = self.kinds.get(at.date(), "usual")
        if kind == "off" or (kind == "usual" and at.strftime("%a") in ("Sat", "Sun")):
            return False
        begun = [first for first in self.hours if first <= at.date()]
        if not begun:
            return False
        opens, breaks, resumes, closes = self.hours[max(begun)]
        clock = at.strftime("%H:%M")
        morning = opens <= clock < breaks and kind != "half-afternoon"
        return morning or (resumes <= clock < closes and kind != "half-morning")

    def seconds(self, start: datetime, end: datetime) -> int:
        if start > end:
            return -self.seconds(end, start)
        return sum(step.seconds for at, step in steps(start, end) if self.open(at))

    def after(self, at: datetime, seconds: int) -> datetime:
        """The first moment by which so many have been worked."""
        while seconds > 0:
            step = MINUTE if at.second == 0 and seconds >= 60 else SECOND
            seconds -= step.seconds * self.open(at)
            at += step
        return at

    def latest(self, at: datetime, seconds: int) -> datetime:
        """The last moment by which no more have been worked: until work would go on."""
        at = self.after(at, seconds)
        while not self.open(at):
            at += MINUTE if at.second == 0 else SECOND
        return at

    def before(self, at: datetime, seconds: int) -> datetime:
        """The last moment from which so many are worked until this one."""
        while seconds > 0:
            step = MINUTE if at.second == 0 and seconds >= 60 else SECOND
            at -= step
            seconds -= step.seconds * self.open(at)
        return at


def steps(start: datetime, end: datetime) -> Iterator[tuple[datetime, timedelta]]:
    at = start
    while at < end:
        step = MINUTE if at.second == 0 and at + MINUTE <= end else SECOND
        yield at, step
        at += step


def published() -> dict[date, str]:
    """The published decisions of 2022 to 2026, as an official reads them."""
    words = {"nghỉ": "off", "làm bù": "work"}
    return {
        datetime.strptime(row["ngày"], "%d/%m/%Y").date(): words[row["tình trạng"]]  # noqa: DTZ007
        for path in sorted(GOLDEN.glob("calendar_*.csv"))
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    }

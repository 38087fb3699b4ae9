"""Maintenance windows: spans in which alerts go on being watched, and nobody is called."""

import re
from dataclasses import dataclass
from datetime import datetime, time

from metrics.civil import CIVIL, civil
from metrics.errors import Misconfigured

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ONCE = re.compile(r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d)/(\d{4}-\d\d-\d\d[T ]\d\d:\d\d)")
WEEKLY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun) (\d\d:\d\d)-(\d\d:\d\d)")
FORMS = "2026-11-22 20:00/2026-11-22 23:00 or sun 02:00-04:00"


@dataclass(frozen=True, slots=True)
class Once:
    """The end is no part of it, here and below."""

    first: datetime
    last: datetime

    def holds(self, at: datetime) -> bool:
        return self.first <= at < self.last


@dataclass(frozen=True, slots=True)
class Weekly:
    """On that day of the week, as `weekday` numbers it."""

    day: int
    first: time
    last: time

    def holds(self, at: datetime) -> bool:
        here = civil(at)
        return here.weekday() == self.day and self.first <= here.time() < self.last


Window = Once | Weekly


def parse(text: str) -> tuple[Window, ...]:
    """Several, between commas, in civil time. Misconfigured says how they are written."""
    return tuple(_one(part.strip().lower()) for part in text.split(",") if part.strip())


def _one(part: str) -> Window:
    try:
        window = _read(part)
    except ValueError as error:
        raise Misconfigured([f"{part!r} is no window; write {FORMS}"]) from error
    if not window.first < window.last:  # type: ignore[operator]  # both are moments, or both times of day
        raise Misconfigured([f"{part!r} ends before it begins"])
    return window


def _read(part: str) -> Window:
    if once := ONCE.fullmatch(part.upper()):
        first, last = (datetime.fromisoformat(moment).replace(tzinfo=CIVIL) for moment in once.groups())
        return Once(first, last)
    if weekly := WEEKLY.fullmatch(part):
        day, begin, end = weekly.groups()
        return Weekly(DAYS.index(day), time.fromisoformat(begin), time.fromisoformat(end))
    raise ValueError(part)

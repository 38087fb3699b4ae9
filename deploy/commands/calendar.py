"""`nhip calendar`: days off, swapped days, half-days and working hours, each change with who, when and why."""

import getpass
import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.calendar import Change, HoursDecision, history, hours_history, of_year
from dashboards.store import connect
from deploy.calendar import words
from deploy.calendar.changes import Changes
from deploy.calendar.show import show_history, show_year
from deploy.folder import Role
from deploy.output import tell
from deploy.settings import Settings
from deploy.stack import running
from metrics.civil import CIVIL

Reads = Mapping[str, Callable[[str | None], Any]]

TAKES: Mapping[str, Reads] = {
    "list": {},
    "set": {"when": words.day, "kind": words.kind, "why": words.why},
    "undo": {"when": words.day, "why": words.why},
    "confirm": {"when": words.year, "why": words.why},
    "hours": {"when": words.day, "kind": words.hours, "why": words.why},
    "history": {},
}
"""What each must be told, and how that is read."""
MAY_TAKE: Mapping[str, Reads] = {
    "list": {"when": words.year},
    "set": {"swap": words.day},
    "history": {"when": words.day},
}
NAMES = {"when": "WHEN", "kind": "KIND", "why": "--why", "swap": "--swap"}


def problems(given: Namespace) -> Iterator[str]:
    if given.what not in TAKES:
        yield f"WHAT: one of {', '.join(TAKES)}"
        return
    for name, title in NAMES.items():
        said = getattr(given, name)
        read = TAKES[given.what].get(name) or (MAY_TAKE.get(given.what, {}).get(name) if said is not None else None)
        if read is not None:
            try:
                read(said)
            except ValueError as error:
                yield f"{title}: {error}"
        elif said is not None:
            yield f"{title}: not for `nhip calendar {given.what}`"
    if given.swap is not None and (given.kind not in {"off", "work"} or given.swap == given.when):
        yield "--swap: another day, and only for a day off or a day of work"


def run(given: Namespace, settings: Settings) -> int:
    with running(settings, Role.READER, tell) as where:
        client = connect(where.clickhouse)
        match given.what:
            case "list":
                year = words.year(given.when) if given.when else datetime.now(CIVIL).year
                show_year(of_year(client, year), pure_json=given.json)
            case "history":
                show_history(*_history(client, words.day(given.when) if given.when else None), pure_json=given.json)
            case _:
                change(Changes(client, getpass.getuser(), time.time), given)
    return 0


def _history(client: Client, day: date | None) -> tuple[list[Change], list[HoursDecision]]:
    days = [change for change in history(client) if day in {None, change.now.day}]
    return days, [each for each in hours_history(client) if day in {None, each.valid_from}]


def change(changes: Changes, given: Namespace) -> None:
    why = words.why(given.why)
    match given.what:
        case "set":
            swap = words.day(given.swap) if given.swap else None
            changes.set(words.day(given.when), words.kind(given.kind), why, swap)
        case "undo":
            for entry in changes.undo(words.day(given.when), why):
                tell(f"{entry.day}: again {entry.kind}")
        case "confirm":
            tell(f"{given.when}: {changes.confirm(words.year(given.when), why)} days are provisional no more")
        case "hours":
            changes.hours(words.day(given.when), words.hours(given.kind), why)
    tell("done; figures that depend on it follow when they are next read, a running board within seconds")

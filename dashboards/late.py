"""Dossiers that are late now, or soon will be: open ones by when they are due."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.calendar import stored
from dashboards.figures import agencies_below
from dashboards.items import COLUMNS, Item, item, moment
from dashboards.store import ask
from metrics.calendar import Calendar
from metrics.civil import civil
from metrics.period import parse
from metrics.working_time import latest

ENDED = "('3', '7', '8')"
"""Refused, withdrawn, stopped: such a dossier is not resolved, and yet nobody works on it."""


class Window(StrEnum):
    """Which open dossiers: overdue, or due from now until the end of the window."""

    OVERDUE = "overdue"
    DAY = "24h"
    THREE_DAYS = "3d"
    SEVEN_DAYS = "7d"


ENDS: Mapping[Window, Callable[[Calendar, datetime], datetime]] = MappingProxyType(
    {
        Window.DAY: lambda _, now: now + timedelta(hours=24),
        Window.THREE_DAYS: lambda calendar, now: latest(calendar, now, days=3),
        Window.SEVEN_DAYS: lambda calendar, now: latest(calendar, now, days=7),
    }
)


@dataclass(frozen=True, slots=True)
class Late:
    """An open dossier; the last step and its moment tell how long it has lain still."""

    item: Item
    status: str | None
    last_step: str | None
    last_step_at: datetime | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list goes on: after the dossier with this due moment and code."""

    due_at: datetime
    dossier: str


@dataclass(frozen=True, slots=True)
class LatePage:
    """A part of the list, most urgent first."""

    items: tuple[Late, ...]
    next: Place | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which dossiers, as of which moment; an agency includes all below it."""

    window: Window
    now: datetime
    agency: str | None = None


def late(client: Client, asked: Asked, after: Place | None, limit: int) -> LatePage:
    parameters = _bounds(client, asked) | _agencies(client, asked)
    where = _where(asked)
    if after is not None:
        parameters |= {"after_due": after.due_at, "after": after.dossier}
        where += " AND (due_at, dossier) > ({after_due:DateTime64(0, 'UTC')}, {after:String})"
    rows = ask(
        client,
        f"WITH {_open(where)} SELECT {', '.join(COLUMNS)}, status, last_step, last_step_at FROM working "
        "ORDER BY due_at, dossier LIMIT {limit:UInt32}",
        limit=limit + 1,
        **parameters,
    )
    items = tuple(Late(item(row), row[-3], row[-2] or None, moment(row[-1]) if row[-2] else None) for row in rows)
    return LatePage(items[:limit], _place(items[limit - 1].item) if len(items) > limit else None)


def how_many(client: Client, now: datetime, agency: str | None = None) -> dict[Window, int]:
    """How many dossiers each window has."""
    where = " AND agency IN {agencies:Array(String)}" if agency else ""
    columns, parameters = _counts(client, now)
    parameters |= _agencies(client, Asked(Window.SEVEN_DAYS, now, agency))
    row = ask(client, f"WITH {_open(f'{DUE}{where}')} SELECT {columns} FROM working", **parameters)[0]
    return dict(zip(Window, map(int, row), strict=True))


def by_agency(client: Client, now: datetime) -> dict[str, dict[Window, int]]:
    """The same for each agency that has some, without those below it."""
    columns, parameters = _counts(client, now)
    rows = ask(client, f"WITH {_open(DUE)} SELECT agency, {columns} FROM working GROUP BY agency", **parameters)
    return {agency: dict(zip(Window, map(int, row), strict=True)) for agency, *row in rows}


DUE = "due_at <= {to:DateTime64(0, 'UTC')}"


def _counts(client: Client, now: datetime) -> tuple[str, dict[str, Any]]:
    """A column for each window, with their parameters."""
    calendar = stored(client)
    parameters: dict[str, Any] = {"now": now} | {f"to_{window}": end(calendar, now) for window, end in ENDS.items()}
    columns = ["countIf(due_at < {now:DateTime64(0, 'UTC')})"] + [
        f"countIf(due_at BETWEEN {{now:DateTime64(0, 'UTC')}} AND {{to_{w}:DateTime64(0, 'UTC')}})" for w in ENDS
    ]
    return ", ".join(columns), parameters | {"to": parameters[f"to_{Window.SEVEN_DAYS}"]}


def _open(where: str) -> str:
    """`working`: neither resolved nor ended, by the record or by the last step."""
    return f"""
        due AS (SELECT * FROM dossier FINAL
            WHERE resolved_at IS NULL AND ifNull(status, '') NOT IN {ENDED} AND {where}),
        last AS (SELECT dossier, argMax(status, (at, status)) AS last_step, max(at) AS last_step_at FROM step
            WHERE dossier IN (SELECT dossier FROM due) GROUP BY dossier),
        working AS (SELECT due.*, last.last_step, last.last_step_at FROM due LEFT JOIN last USING (dossier)
            WHERE last_step NOT IN {ENDED})"""


def _where(asked: Asked) -> str:
    when = (
        "due_at < {now:DateTime64(0, 'UTC')}"
        if asked.window is Window.OVERDUE
        else "due_at BETWEEN {now:DateTime64(0, 'UTC')} AND {to:DateTime64(0, 'UTC')}"
    )
    return when + (" AND agency IN {agencies:Array(String)}" if asked.agency else "")


def _bounds(client: Client, asked: Asked) -> dict[str, Any]:
    end = ENDS.get(asked.window)
    return {"now": asked.now, "to": end(stored(client), asked.now) if end else asked.now}


def _agencies(client: Client, asked: Asked) -> dict[str, Any]:
    """As the tree stands today."""
    if asked.agency is None:
        return {}
    return {"agencies": agencies_below(client, asked.agency, parse(civil(asked.now).date().isoformat()))}


def _place(last: Item) -> Place:
    if last.due_at is None:
        raise AssertionError  # such dossiers are not in the list
    return Place(last.due_at, last.dossier)

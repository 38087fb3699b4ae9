"""Dossiers that are late now, or soon will be: open ones by when they are due."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import polars as pl
from clickhouse_connect.driver.client import Client

from dashboards.calendar import stored
from dashboards.figures import agencies_below
from dashboards.items import COLUMNS, OF_AGENCIES, Item, item, moment, of_agencies
from dashboards.open_dossiers import ENDED, ENDING, OPEN
from dashboards.recall import open_dossiers
from dashboards.store import ask, frame
from dashboards.stretches import MOST_ROWS, SPARE
from metrics.calendar import Calendar
from metrics.civil import FIRST_YEAR, LAST_YEAR, civil
from metrics.period import parse
from metrics.working_time import latest

DONE = ("9", "10")
"""Last steps that say that the work is finished, as the record says a moment later, too, since steps are written before
it."""
AFTER = "(due_at, dossier) > ({after_due:DateTime64(0, 'UTC')}, {after:String})"
UPTO = "(due_at, dossier) <= ({upto_due:DateTime64(0, 'UTC')}, {upto:String})"
CODES = {"dossier": pl.String()}
BEGINNING = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)


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


EVERYTHING = Place(datetime(LAST_YEAR, 12, 31, tzinfo=UTC), "\U0010ffff")
"""Beyond every code, and every due moment that is asked for."""


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
    """In stretches: the next few that are open, then what their records and steps say of them now."""
    parameters, where = _bounds(client, asked) | _agencies(client, asked), f"{OPEN} AND {_where(asked)}"
    coming = _coming(client, asked.window, parameters)
    found: list[Late] = []
    size = min(limit + limit // 2 + SPARE, MOST_ROWS)  # more than elsewhere: last steps take out many
    place, more = after, True
    while more and len(found) <= limit:
        given = parameters | _after(place)
        rows = _stretch(coming, place, size)
        more, size = len(rows) == size, min(size * 4, MOST_ROWS)
        place = rows[-1] if more else EVERYTHING
        codes = sorted(row.dossier for row in rows)
        found += _working(client, where, given | _upto(place), codes) if codes else []
    items = tuple(found[:limit])
    return LatePage(items, _place(items[-1].item) if len(found) > limit else None)


def _coming(client: Client, window: Window, given: Mapping[str, Any]) -> pl.DataFrame:
    """All of a window, most urgent first."""
    rows = open_dossiers(client).filter(_due(window, given["now"], given["to"]))
    return rows.filter(pl.col("agency").is_in(given["agencies"])) if "agencies" in given else rows


def _due(window: Window, now: datetime, to: datetime) -> pl.Expr:
    due = pl.col("due_at")
    return due < now if window is Window.OVERDUE else due.is_between(now, to)


def _stretch(coming: pl.DataFrame, after: Place | None, size: int) -> list[Place]:
    if after:
        due, code = pl.col("due_at"), pl.col("dossier")
        coming = coming.filter((due > after.due_at) | ((due == after.due_at) & (code > after.dossier)))
    return [Place(*row) for row in coming.head(size).select("due_at", "dossier").iter_rows()]


def _working(client: Client, where: str, parameters: dict[str, Any], codes: list[str]) -> list[Late]:
    """Those of the codes that are worked on, within the stretch: their records and their steps, asked at once."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        last = beside.submit(_last_steps, client, codes)
        rows = ask(
            client,
            f"SELECT {', '.join(COLUMNS)}, status FROM dossier FINAL WHERE dossier IN {{codes:Array(String)}} "
            f"AND {where} AND {AFTER} AND {UPTO} ORDER BY due_at, dossier",
            codes=codes,
            **parameters,
        )
    found = [Late(item(row), row[-1], *last.result().get(row[0], (None, None))) for row in rows]
    return [each for each in found if each.last_step not in {*ENDING, *DONE}]


def _last_steps(client: Client, codes: list[str]) -> dict[str, tuple[str, datetime | None]]:
    """Of each dossier that has any, the status and the moment."""
    rows = ask(
        client,
        "SELECT dossier, argMax(status, (at, status)), max(at) FROM step WHERE dossier IN {codes:Array(String)} "
        "GROUP BY dossier",
        codes=codes,
    )
    return {dossier: (status, moment(at)) for dossier, status, at in rows}


def _after(place: Place | None) -> dict[str, Any]:
    return {"after_due": place.due_at if place else BEGINNING, "after": place.dossier if place else ""}


def _upto(place: Place) -> dict[str, Any]:
    return {"upto_due": place.due_at, "upto": place.dossier}


def how_many(client: Client, now: datetime, agency: str | None = None) -> dict[Window, int]:
    """How many dossiers each window has."""
    agencies = _agencies(client, Asked(Window.OVERDUE, now, agency)).get("agencies")
    return total(by_agency(client, now), agencies)


def total(counts: Mapping[str, Mapping[Window, int]], agencies: Iterable[str] | None) -> dict[Window, int]:
    """Of these agencies together; of all where none are named."""
    chosen = counts.values() if agencies is None else [counts[code] for code in agencies if code in counts]
    return {window: sum(each[window] for each in chosen) for window in Window}


def by_agency(client: Client, now: datetime) -> dict[str, dict[Window, int]]:
    """The same for each agency that has some, without those below it: one reading for everybody who asks."""
    calendar = stored(client)
    ends = {window: end(calendar, now) for window, end in ENDS.items()}
    rows = open_dossiers(client).filter(pl.col("due_at") <= ends[Window.SEVEN_DAYS])
    working = rows.join(_ended(client, rows), on="dossier", how="anti")
    counts = working.group_by("agency").agg(**{each: _due(each, now, ends.get(each, now)).sum() for each in Window})
    return {agency: dict(zip(Window, row, strict=True)) for agency, *row in counts.iter_rows()}


def _ended(client: Client, rows: pl.DataFrame) -> pl.DataFrame:
    """Those of them of which only the last step says that they have ended."""
    turned = frame(client, "SELECT DISTINCT dossier FROM turned", CODES)
    codes = rows.join(turned, on="dossier", how="semi")["dossier"].to_list()
    if len(codes) > MOST_ROWS:
        return frame(client, ended_among(OPEN), CODES)
    last = _last_steps(client, codes) if codes else {}
    return pl.DataFrame({"dossier": [code for code, (step, _) in last.items() if step in ENDING]}, CODES)


def ended_among(where: str) -> str:
    """SQL giving the codes of dossiers of which only the last step says that they have ended."""
    return f"""SELECT dossier FROM step WHERE dossier IN (
            SELECT dossier FROM turned WHERE dossier IN (SELECT dossier FROM dossier WHERE {where})
        ) GROUP BY dossier HAVING argMax(status, (at, status)) IN {ENDED}"""


def _where(asked: Asked) -> str:
    when = (
        "due_at < {now:DateTime64(0, 'UTC')}"
        if asked.window is Window.OVERDUE
        else "due_at BETWEEN {now:DateTime64(0, 'UTC')} AND {to:DateTime64(0, 'UTC')}"
    )
    return when + (f" AND {OF_AGENCIES}" if asked.agency else "")


def _bounds(client: Client, asked: Asked) -> dict[str, Any]:
    end = ENDS.get(asked.window)
    return {"now": asked.now, "to": end(stored(client), asked.now) if end else asked.now}


def _agencies(client: Client, asked: Asked) -> dict[str, Any]:
    """As the tree stands today."""
    if asked.agency is None:
        return {}
    return of_agencies(agencies_below(client, asked.agency, parse(civil(asked.now).date().isoformat())))


def _place(last: Item) -> Place:
    if last.due_at is None:
        raise AssertionError  # such dossiers are not in the list
    return Place(last.due_at, last.dossier)

"""What the portal's page and its API route show, asked side by side."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from clickhouse_connect.driver.client import Client

from dashboards.board import Board
from dashboards.cache import Read
from dashboards.names import service_names
from dashboards.outside import Outside, outside
from dashboards.portal import Minutes, Portal, by_minute, portal, step_of
from dashboards.requested import Requested, requested
from dashboards.visits import Visits, came, visits
from metrics.period import Period

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PortalRead:
    """`as_of`: as old as the oldest of its parts."""

    portal: Portal
    visits: Visits
    outside: list[Outside]
    as_of: datetime


def portal_read(board: Board, period: Period, seconds: float) -> PortalRead:
    marks = _beside(board, "portal came", period, came, seconds)
    whole, asked = _read(board, period, seconds)
    as_of = min(whole.as_of, marks.result().as_of)
    return PortalRead(whole.value, visits(marks.result().value, asked), outside(asked), as_of)


def portal_of(board: Board, period: Period, seconds: float) -> Read[Portal]:
    return _read(board, period, seconds)[0]


def _read(board: Board, period: Period, seconds: float) -> tuple[Read[Portal], Requested]:
    course = _beside(board, "portal minutes", period, _course, seconds)
    read = board.read(("portal asked", period), lambda client: _asked(client, period), seconds)
    asked, names = read.value
    whole = portal(period, asked, names, course.result().value)
    return Read(whole, min(read.as_of, course.result().as_of)), asked


def _asked(client: Client, period: Period) -> tuple[Requested, Mapping[str, str]]:
    asked = requested(client, period)
    return asked, service_names(client) if len(asked.services) else {}


def _course(client: Client, period: Period) -> list[Minutes]:
    return by_minute(client, period, step_of(period))


def _beside(
    board: Board, name: str, period: Period, reading: Callable[[Client, Period], T], seconds: float
) -> Future[Read[T]]:
    return board.soon(lambda: board.read((name, period), lambda client: reading(client, period), seconds))

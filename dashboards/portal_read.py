"""What the portal's page and its API route show, asked side by side."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from clickhouse_connect.driver.client import Client

from dashboards.board import Board
from dashboards.cache import Read
from dashboards.outside import Outside, outside
from dashboards.portal import Minutes, Portal, by_minute, by_page, by_service, portal, step_of
from dashboards.visits import Visits, visits
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
    came = _beside(board, "visits", period, visits, seconds)
    probed = _beside(board, "outside", period, outside, seconds)
    whole, came_read, probed_read = portal_of(board, period, seconds), came.result(), probed.result()
    as_of = min(whole.as_of, came_read.as_of, probed_read.as_of)
    return PortalRead(whole.value, came_read.value, probed_read.value, as_of)


def portal_of(board: Board, period: Period, seconds: float) -> Read[Portal]:
    services = _beside(board, "portal services", period, by_service, seconds)
    course = _beside(board, "portal minutes", period, _course, seconds)
    pages = board.read(("portal pages", period), lambda client: by_page(client, period), seconds)
    whole = portal(period, pages.value, services.result().value, course.result().value)
    return Read(whole, min(pages.as_of, services.result().as_of, course.result().as_of))


def _course(client: Client, period: Period) -> list[Minutes]:
    return by_minute(client, period, step_of(period))


def _beside(
    board: Board, name: str, period: Period, reading: Callable[[Client, Period], T], seconds: float
) -> Future[Read[T]]:
    return board.soon(lambda: board.read((name, period), lambda client: reading(client, period), seconds))

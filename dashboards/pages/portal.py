"""The service portal: requests a minute, errors, how long people waited, the pages in trouble."""

from collections.abc import Mapping
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.ages import stream_as_of
from dashboards.api.lists.funnel import FunnelItem
from dashboards.board import Board
from dashboards.funnel import funnels
from dashboards.pages import inputs
from dashboards.pages.period_bar import period_bar
from dashboards.pages.shared import SLOW
from dashboards.pages.visit import Visit
from dashboards.pipeline import progress
from dashboards.portal import SERVICES
from dashboards.portal_read import portal_read
from metrics.display import decimal
from metrics.events import Topic
from metrics.period import Period

SECOND = 1000
STEPS = (("start", "started", "viewed"), ("submit", "submitted", "started"), ("pay", "paid", "submitted"),
         ("done", "done", "submitted"))  # fmt: skip
"""Page class, what its requests are called in the list of the funnel, and those of the step it is measured against."""


def values(board: Board, visit: Visit) -> Mapping[str, Any]:
    period = inputs.period(board, visit, "day")
    funnel = board.soon(lambda: board.read(("portal funnel", period), lambda client: _funnel(client, period), SLOW))
    read = portal_read(board, period, SLOW)
    done = board.read("progress", progress).value
    return {
        "bar": period_bar(board, period),
        "funnel": funnel.result().value,
        "of_period": {"period": period.name},
        "portal": read.portal,
        "visits": read.visits,
        "outside": read.outside,
        "steps": STEPS,
        "data_at": stream_as_of(Topic.REQUESTS, done),
        "wait": wait,
    }


def _funnel(client: Client, period: Period) -> list[FunnelItem]:
    return [FunnelItem.of(each) for each in funnels(client, period, SERVICES)]


def wait(milliseconds: float | None) -> str:
    """Three digits or so: the last of more is below what the measurement tells apart."""
    if milliseconds is None:
        return "–"
    if milliseconds < SECOND:
        return f"{milliseconds:.0f} ms"
    return f"{decimal(round(milliseconds / 10), 2)} s"

"""Closing a period, and what comes later."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from clickhouse_connect.driver.client import Client

from dashboards.closing.closes import Close
from dashboards.closing.closing import Wish, close
from metrics.period import parse
from streams.keep import keep, read
from streams.state import State
from tests.strategies import KINDS, History, text
from tests.support.filling import TABLES
from tests.support.log import batches, logs

CLOSED = ("period_close", "closed_figure", "closed_agency", "closed_dossier", "closed_payment")
BEYOND = 1_000_000
LATER = datetime(2030, 1, 2, 3, 4, 5, 678000, tzinfo=UTC)


USUAL = "headline"
"""With no family beside the usual definitions: a close of all takes half a minute, most of it for parsing SQL."""


def closed(client: Client, period: str, why: str = "", at: datetime = LATER, family: str = USUAL) -> Close:
    return close(client, Wish(parse(period), "lan", why, family), lambda: at, uuid4)


def empty(client: Client) -> None:
    for table in (*TABLES, *CLOSED):
        client.command(f"TRUNCATE TABLE {table}")


def bring(client: Client, history: History, lines: int | None = None, after: int = 0) -> None:
    """The lines of the history that arrive after so many, up to so many; as a worker would bring them."""
    now, before = (logs(beginning(history, count), [1]) for count in (lines, after))
    for topic, records in now.items():
        for batch in batches(records[len(before[topic]) :], [5]):
            keep(State(client), read(topic, batch))


def correct(client: Client, lines: list[bytes]) -> None:
    """Lines of dossiers that come after everything else: a further part of the log, beyond all that is there."""
    history = History({kind: lines if kind == "dossiers" else [] for kind in KINDS}, ("dossiers",) * len(lines))
    for topic, records in logs(history, [100]).items():
        beyond = [replace(record, partition=record.partition + 8, offset=record.offset + BEYOND) for record in records]
        for batch in batches(beyond, [12]):
            keep(State(client), read(topic, batch))


def earlier(client: Client, dates: timedelta, where: str = "1") -> list[bytes]:
    """A line for each such dossier that is due, by which it is due so much earlier."""
    rows = client.query(f"SELECT dossier, procedure, due_at FROM dossier FINAL WHERE due_at IS NOT NULL AND {where}")
    return [
        text({"MaHoSo": code, "MaTTHC": procedure, "NgayHenTra": f"{civil_time(due) - dates:%Y%m%d%H%M%S}"})
        for code, procedure, due in rows.result_rows
    ]


def civil_time(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) + timedelta(hours=7)


def beginning(history: History, lines: int | None) -> History:
    """As much of the history as has arrived by then."""
    arrival = history.arrival[:lines]
    return History({kind: found[: arrival.count(kind)] for kind, found in history.lines.items()}, arrival)

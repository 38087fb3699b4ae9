"""Transactions that succeeded in a period and belong to no dossier that is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.items import moment
from dashboards.question import FIRST, LAST
from dashboards.store import ask
from metrics.civil import CIVIL_SQL_ZONE
from metrics.period import Period, parse

COLUMNS = ("transaction", "paid_at", "dossier", "agency", "amount", "gateway", "refunded_at")
DAY = f"toDate32(paid_at, '{CIVIL_SQL_ZONE}')"
PAID = f"ifNull({DAY} BETWEEN {FIRST} AND {LAST}, 0)"
NAMED = f"SELECT dossier FROM payment WHERE {PAID}"
UNPLACED = f"{PAID} AND (dossier IS NULL OR dossier NOT IN (SELECT dossier FROM dossier WHERE dossier IN ({NAMED})))"
"""Only the dossiers that the period's payments name are looked up: the codes of all would not fit into memory."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """`dossier` is the code that the platform names, where it names one; `amount` as the platform writes it."""

    transaction: str
    paid_at: datetime
    dossier: str | None
    agency: str | None
    amount: str | None
    gateway: str | None
    refunded_at: datetime | None


def unplaced_by_day(client: Client) -> dict[date, int]:
    """Of all days: one reading for everybody who asks, whatever the period. A year at a time, to fit into memory."""
    years = ask(client, f"SELECT DISTINCT toYear({DAY}) FROM payment WHERE paid_at IS NOT NULL")
    counted = f"SELECT {DAY}, count() FROM payment FINAL WHERE {UNPLACED} GROUP BY 1"
    spans = [parse(str(year)) for (year,) in years]
    return {
        day: int(transactions)
        for span in spans
        for day, transactions in ask(client, counted, first=span.first, last=span.last)
    }


def unplaced_count(days: Mapping[date, int], period: Period) -> int:
    """The days of the period together."""
    return sum(transactions for day, transactions in days.items() if period.first <= day <= period.last)


def unplaced(client: Client, period: Period, after: str, limit: int) -> tuple[list[Unplaced], str | None]:
    """By transaction, and the one after which the list goes on."""
    rows = ask(
        client,
        f"SELECT {', '.join(COLUMNS)} FROM payment FINAL WHERE transaction > {{after:String}} AND {UNPLACED} "
        "ORDER BY transaction LIMIT {limit:UInt32}",
        after=after,
        limit=limit + 1,
        first=period.first,
        last=period.last,
    )
    found = [Unplaced(*map(_shown, row)) for row in rows[:limit]]
    return found, found[-1].transaction if len(rows) > limit else None


def _shown(value: Any) -> Any:
    return moment(value) if isinstance(value, datetime) else value

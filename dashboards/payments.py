"""Transactions that succeeded in a period and belong to no dossier that is known."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.items import moment
from dashboards.question import FIRST, LAST
from dashboards.store import ask
from metrics.civil import CIVIL_SQL_ZONE
from metrics.period import Period

COLUMNS = ("transaction", "paid_at", "dossier", "agency", "amount", "gateway", "refunded_at")
PAID = f"ifNull(toDate32(paid_at, '{CIVIL_SQL_ZONE}') BETWEEN {FIRST} AND {LAST}, 0)"
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


def unplaced_count(client: Client, period: Period) -> int:
    question = f"SELECT count() FROM payment FINAL WHERE {UNPLACED}"
    return int(ask(client, question, first=period.first, last=period.last)[0][0])


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

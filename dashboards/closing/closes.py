"""Which periods were closed, when, by whom and why. The row of a close is written last and makes it one."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from clickhouse_connect.driver.client import Client

from dashboards.store import add, ask
from metrics.civil import civil
from metrics.errors import Refused
from metrics.period import Period, parse


@dataclass(frozen=True, slots=True)
class Close:
    """`at` is when the figures began to be read; `who` is the login name of whoever closed the period."""

    id: UUID
    period: Period
    at: datetime
    who: str
    why: str


def closes(client: Client) -> dict[str, Close]:
    """By the name of the period, the one that ended last first; of two for one period the first that was written."""
    rows = ask(
        client,
        "SELECT close, period, toUnixTimestamp64Milli(at), who, why FROM period_close "
        "ORDER BY period, written_at, close LIMIT 1 BY period",
    )
    found = [Close(row[0], parse(row[1]), _moment(row[2]), row[3], row[4]) for row in rows]
    return {each.period.name: each for each in sorted(found, key=lambda c: (c.period.last, c.period.first))[::-1]}


def close_of(client: Client, period: Period) -> Close:
    """Refused where the period was not closed."""
    found = closes(client).get(period.name)
    if found is None:
        raise Refused(f"{period.name} was not closed: `nhip close {period.name}` does that once the period is over")
    return found


def record(client: Client, close: Close) -> None:
    row = {"close": close.id, "period": close.period.name, "at": close.at, "who": close.who, "why": close.why}
    add(client, "period_close", [tuple(row.values())], list(row))


def _moment(milliseconds: int) -> datetime:
    return civil(datetime.fromtimestamp(milliseconds / 1000, UTC))

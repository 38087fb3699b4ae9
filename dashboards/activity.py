"""How much is happening: events by the minute they happened in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from clickhouse_connect.driver.client import Client

from dashboards.store import ask

MINUTES = 60


@dataclass(frozen=True, slots=True)
class Activity:
    """Steps and payments of the last whole minutes, oldest first."""

    counts: tuple[int, ...]

    @property
    def last(self) -> int:
        return self.counts[-1]

    @property
    def most(self) -> int:
        return max(self.counts)


def activity(client: Client, now: datetime) -> Activity:
    """A step that was sent twice is one step."""
    end = now.replace(second=0, microsecond=0)
    begin = end - timedelta(minutes=MINUTES)
    within = ">= {begin:DateTime64(0, 'UTC')} AND {moment} < {end:DateTime64(0, 'UTC')}"
    steps = f"SELECT DISTINCT dossier, at, status FROM step WHERE at {within.replace('{moment}', 'at')}"
    paid = f"SELECT paid_at AS at FROM payment FINAL WHERE paid_at {within.replace('{moment}', 'paid_at')}"
    rows = ask(
        client,
        "SELECT dateDiff('minute', {begin:DateTime64(0, 'UTC')}, at) AS minute, count() "
        f"FROM (SELECT at FROM ({steps}) UNION ALL {paid}) GROUP BY minute",
        begin=begin,
        end=end,
    )
    found = {int(minute): int(number) for minute, number in rows}
    return Activity(tuple(found.get(minute, 0) for minute in range(MINUTES)))

"""A small province, cell by cell and day by day: what a test says was counted, was counted."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from clickhouse_connect.driver.client import Client

TOPICS = ("nhip.dossiers", "nhip.payments")
SERVICE = "1.002835"


def insert(client: Client, table: str, **values: object) -> None:
    client.insert(table, [list(values.values())], column_names=list(values))


def catalogue(client: Client, parents: Mapping[str, str | None], tiers: Mapping[str, str] | None = None) -> None:
    """An online service, and agencies by their parents."""
    for agency, parent in parents.items():
        tier = (tiers or {}).get(agency, "xa")
        insert(client, "agency", agency=agency, valid_from=date(2020, 1, 1), parent=parent, tier=tier, version=1)
    insert(client, "service", procedure=SERVICE, valid_from=date(2020, 1, 1), level="4", version=1)


def counted(client: Client, day: date, agency: str, received: int, online: int) -> None:
    """So many dossiers of that day; said again, the later word holds."""
    names = [row[0] for row in client.query("SELECT name FROM system.columns WHERE database = currentDatabase() "
                                             "AND table = 'kpi_cell' AND type = 'Int64'").result_rows]  # fmt: skip
    counts = dict.fromkeys(names, 0) | {"received": received, "received_online": online}
    version = int(datetime.now(UTC).timestamp() * 1e6)
    insert(client, "kpi_cell", stream="dossiers", partition=0, day=day, agency=agency, procedure=SERVICE, channel="2",
           **counts, version=version)  # fmt: skip


def arrived(client: Client, at: datetime, topics: Sequence[str] = TOPICS) -> None:
    """The data is complete up to that moment."""
    for topic in topics:
        insert(client, "pipeline_progress", stream=topic, partition=0, next_offset=int(at.timestamp()), newest_at=at,
               written_at=at + timedelta(seconds=1))  # fmt: skip

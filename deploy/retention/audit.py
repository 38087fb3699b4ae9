"""What was done and sent, once it is older than the audit's term: deleted."""

from datetime import datetime

from clickhouse_connect.driver.client import Client

from deploy.backup.save import explained
from deploy.retention.retire import Store

AUDIT = {"board_event": "at", "alert_message": "made_at", "digest_issue": "made_at"}
"""Table, and its moment. Not what figures and alerts depend on: thresholds, calendar, closes, promises, states."""


def older(client: Client, cut: datetime) -> dict[str, int]:
    with explained():
        return {
            table: int(client.query(f"SELECT count() FROM {table} WHERE {_older(table, cut)}").result_rows[0][0])
            for table in AUDIT
        }


def delete(store: Store, cut: datetime) -> dict[str, int]:
    """Rewrites the parts that held them; how many rows there were."""
    gone = older(store.client, cut)
    with explained():
        for table in (table for table, rows in gone.items() if rows):
            store.run(f"ALTER TABLE {table} DELETE WHERE {_older(table, cut)} SETTINGS mutations_sync = 2")
    return gone


def _older(table: str, cut: datetime) -> str:
    return f"{AUDIT[table]} < toDateTime64('{cut:%Y-%m-%d %H:%M:%S}', 3, 'UTC')"

"""Whether somebody reads the topics that are written here."""

from contextlib import suppress

from kafka import KafkaAdminClient  # type: ignore[import-untyped]  # it ships no types
from kafka.errors import KafkaError  # type: ignore[import-untyped]

from ingest.cluster import Cluster, entrance

CONNECT_MS = 5_000


def group_reads(kafka: Cluster | str, group: str) -> bool:
    """Whether the group's members have agreed who reads what; a broker that cannot say so yet counts as no."""
    with suppress(KafkaError):
        admin = KafkaAdminClient(**entrance(kafka), bootstrap_timeout_ms=CONNECT_MS)
        try:
            return bool(admin.describe_groups([group])[group]["group_state"] == "Stable")
        finally:
            admin.close()
    return False

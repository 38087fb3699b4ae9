"""Where a group of workers goes on reading. Only while none of them runs: Kafka would not listen."""

from collections.abc import Iterable, Mapping

from kafka import TopicPartition  # type: ignore[import-untyped]  # it ships no types
from kafka.admin import OffsetSpec  # type: ignore[import-untyped]

from ingest.cluster import Cluster
from ingest.topics import CONNECT, asked
from metrics.errors import Misconfigured

Place = tuple[str, int]


def require_nobody_reads(kafka: Cluster, group: str) -> None:
    found = asked(kafka, CONNECT, lambda admin: admin.describe_groups([group])[group])
    if found["members"]:
        raise Misconfigured([f"{len(found['members'])} workers still read from {kafka}: stop them first"])


def go_on(kafka: Cluster, group: str, offsets: Mapping[Place, int]) -> None:
    """Its members, once there are some, read on from these offsets; what Kafka no longer holds is passed over."""
    wanted = {TopicPartition(*place): offset for place, offset in offsets.items()}
    asked(kafka, CONNECT, lambda admin: admin.reset_group_offsets(group, wanted))


def log_starts(kafka: Cluster, places: Iterable[Place]) -> dict[Place, int]:
    """The first offset that is still there."""
    wanted = {TopicPartition(*place): OffsetSpec.EARLIEST for place in places}
    found = asked(kafka, CONNECT, lambda admin: admin.list_partition_offsets(wanted))
    return {(place.topic, place.partition): start.offset for place, start in found.items()}

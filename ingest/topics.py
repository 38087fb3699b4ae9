"""The topics nhip writes to: made once, with a number of partitions that never changes."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from kafka import KafkaAdminClient, TopicPartition  # type: ignore[import-untyped]  # it ships no types
from kafka.admin import OffsetSpec  # type: ignore[import-untyped]
from kafka.errors import KafkaError  # type: ignore[import-untyped]

from metrics.errors import Misconfigured, Unavailable
from metrics.events import Topic

CONNECT = 30  # seconds to find the cluster
# One line of 1 MiB is one event; as JSON it may grow a little, and lz4 may not shrink it.
LARGEST_RECORD = 4 * 1024 * 1024
# The worker replays the topics from the beginning, so nothing may expire.
_SETTINGS = {"max.message.bytes": str(LARGEST_RECORD), "retention.ms": "-1"}


def prepare(kafka: str, partitions: int, within: float) -> str:
    """Makes what is missing and checks what is there. Answers with the ids of the topics, new with every topic."""
    names = [topic.value for topic in Topic]
    with _admin(kafka, within) as admin:
        missing = set(names) - set(admin.list_topics())
        if missing:
            # Another one may be making them too: what counts is what is there afterwards.
            wanted = {name: {"num_partitions": partitions, "configs": _SETTINGS} for name in sorted(missing)}
            admin.create_topics(wanted, raise_errors=False)
            admin.wait_for_topics(names, timeout_ms=int(within * 1000))
        found = {topic["name"]: topic for topic in admin.describe_topics(names)}
    problems = list(_problems(found, partitions))
    if problems:
        raise Misconfigured(problems)
    return " ".join(str(found[name]["topic_id"]) for name in names)


def log_ends(kafka: str, places: Iterable[tuple[str, int]], within: float) -> dict[tuple[str, int], int]:
    """Where the next record of each (topic, partition) will go."""
    wanted = {TopicPartition(topic, partition): OffsetSpec.LATEST for topic, partition in places}
    with _admin(kafka, within) as admin:
        found = admin.list_partition_offsets(wanted)
    return {(place.topic, place.partition): end.offset for place, end in found.items()}


@contextmanager
def _admin(kafka: str, within: float) -> Iterator[Any]:
    try:
        admin = KafkaAdminClient(bootstrap_servers=kafka, bootstrap_timeout_ms=int(within * 1000))
        try:
            yield admin
        finally:
            admin.close()
    except KafkaError as error:
        raise Unavailable(f"Kafka at {kafka} does not answer ({type(error).__name__}); is it running?") from error


def _problems(found: dict[str, Any], partitions: int) -> Iterator[str]:
    for name, topic in found.items():
        has = len(topic["partitions"])
        if has != partitions:
            yield (
                f"topic {name} has {has} partitions, not {partitions}: set the number it has; "
                "changing it would send later events of a dossier to another partition"
            )

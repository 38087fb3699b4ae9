"""The topics nhip writes to: made once, with a number of partitions that never changes."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from kafka import KafkaAdminClient, TopicPartition  # type: ignore[import-untyped]  # it ships no types
from kafka.admin import ConfigResource, OffsetSpec  # type: ignore[import-untyped]
from kafka.errors import (  # type: ignore[import-untyped]
    CoordinatorLoadInProgressError,
    CoordinatorNotAvailableError,
    KafkaConnectionError,
    KafkaError,
    NoError,
    NotCoordinatorError,
    TopicAlreadyExistsError,
    for_code,
)

from ingest.cluster import NOTHING, Cluster, entrance
from metrics.errors import Misconfigured, Unavailable
from metrics.events import Topic

CONNECT = 30  # seconds to find the cluster
PAUSE = 0.2
# One line of 1 MiB is one event; as JSON it may grow a little, and lz4 may not shrink it.
LARGEST_RECORD = 4 * 1024 * 1024
# The worker replays the topics from the beginning, so nothing expires unless an operator says so.
_SETTINGS = {"max.message.bytes": str(LARGEST_RECORD), "retention.ms": "-1"}

PASSING = (KafkaConnectionError, CoordinatorNotAvailableError, CoordinatorLoadInProgressError, NotCoordinatorError)

T = TypeVar("T")


def prepare(kafka: Cluster | str, partitions: int, within: float) -> str:
    """Makes what is missing and checks what is there. Answers with the ids of the topics, new with every topic."""
    names = [topic.value for topic in Topic]

    def made(admin: Any) -> dict[str, Any]:
        missing = set(names) - set(admin.list_topics())
        if missing:
            # Another one may be making them too: what counts is what is there afterwards.
            wanted = dict.fromkeys(sorted(missing), _wanted(kafka, partitions))
            _refuse(kafka, admin.create_topics(wanted, raise_errors=False)["topics"])
            admin.wait_for_topics(names, timeout_ms=int(within * 1000))
        return {topic["name"]: topic for topic in admin.describe_topics(names)}

    found = asked(kafka, within, made)
    problems = list(_problems(found, partitions))
    if problems:
        raise Misconfigured(problems)
    return " ".join(str(found[name]["topic_id"]) for name in names)


def log_ends(kafka: Cluster | str, places: Iterable[tuple[str, int]], within: float) -> dict[tuple[str, int], int]:
    """Where the next record of each (topic, partition) will go."""
    wanted = {TopicPartition(topic, partition): OffsetSpec.LATEST for topic, partition in places}
    found = asked(kafka, within, lambda admin: admin.list_partition_offsets(wanted))
    return {(place.topic, place.partition): end.offset for place, end in found.items()}


def _refuse(kafka: Cluster | str, made: Iterable[Mapping[str, Any]]) -> None:
    """Misconfigured where Kafka will never make a topic: what may pass by itself is waited for."""
    errors = ((topic, for_code(topic["error_code"])) for topic in made)
    wrong = [
        f"Kafka at {kafka} does not make {topic['name']}: {topic['error_message'] or error.__name__}"
        for topic, error in errors
        if error not in {NoError, TopicAlreadyExistsError} and not error.retriable
    ]
    if wrong:
        raise Misconfigured(wrong)


def asked(kafka: Cluster | str, within: float, question: Callable[[Any], T]) -> T:
    """Of several brokers the one that is asked may just have gone, or a new one not be ready: it is asked again."""
    deadline = time.monotonic() + within
    while True:
        try:
            with _admin(kafka, within) as admin:
                return question(admin)
        except Unavailable as error:
            if not isinstance(error.__cause__, PASSING) or time.monotonic() > deadline:
                raise
        time.sleep(PAUSE)


@contextmanager
def _admin(kafka: Cluster | str, within: float) -> Iterator[Any]:
    try:
        admin = KafkaAdminClient(**entrance(kafka), bootstrap_timeout_ms=int(within * 1000))
        try:
            yield admin
        finally:
            admin.close()
    except KafkaError as error:
        raise Unavailable(f"Kafka at {kafka} does not answer ({type(error).__name__}); {ask(kafka)}") from error


def ask(kafka: Cluster | str) -> str:
    """Where a login is given, a wrong one looks like a broker that is away."""
    entered = isinstance(kafka, Cluster) and kafka.access.get("security_protocol", "PLAINTEXT") != "PLAINTEXT"
    return (
        "is it running, and are NHIP_KAFKA_PROTOCOL, _CA, _USER and _PASSWORD right?" if entered else "is it running?"
    )


def _wanted(kafka: Cluster | str, partitions: int) -> dict[str, Any]:
    replication, said = (kafka.replication, kafka.topics) if isinstance(kafka, Cluster) else (-1, NOTHING)
    return {"num_partitions": partitions, "replication_factor": replication, "configs": {**_SETTINGS, **said}}


def _problems(found: dict[str, Any], partitions: int) -> Iterator[str]:
    for name, topic in found.items():
        has = len(topic["partitions"])
        if has != partitions:
            yield (
                f"topic {name} has {has} partitions, not {partitions}: set the number it has; "
                "changing it would send later events of a dossier to another partition"
            )


def keep_as_said(kafka: Cluster) -> None:
    """Topics that are there already keep records as long as new ones would."""
    said = {"retention.ms": kafka.topics["retention.ms"]}
    topics = [ConfigResource("TOPIC", topic.value, said) for topic in Topic]
    found = asked(kafka, CONNECT, lambda admin: admin.alter_configs(topics))
    wrong = {topic: error for topic, error in found["topic"].items() if error != "OK"}
    if wrong:
        raise Misconfigured([f"Kafka at {kafka} does not let us set retention.ms of {', '.join(wrong)}: {wrong}"])

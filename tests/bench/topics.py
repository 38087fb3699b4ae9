"""Topics filled before anybody reads them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from kafka import KafkaAdminClient, KafkaProducer  # type: ignore[import-untyped]

from metrics.events import partition_of

PARTITIONS = 16
Ends = dict[tuple[str, int], int]


def make(kafka: str, topic: str) -> None:
    admin = KafkaAdminClient(bootstrap_servers=kafka)
    try:
        admin.create_topics({topic: {"num_partitions": PARTITIONS}})
        admin.wait_for_topics([topic])
    finally:
        admin.close()


def fill(kafka: str, topic: str, events: Iterable[tuple[str, bytes]], a_record: int) -> Ends:
    """`a_record` events of a partition in each record, keyed by agency; where each partition ends."""
    ends: Ends = {}
    waiting: dict[int, list[bytes]] = defaultdict(list)
    producer = KafkaProducer(
        bootstrap_servers=kafka,
        acks="all",
        enable_idempotence=True,
        compression_type="lz4",
        linger_ms=20,
        batch_size=512 * 1024,
    )

    def send(partition: int, key: str) -> None:
        producer.send(topic, b"\n".join(waiting.pop(partition)), key=key.encode(), partition=partition)
        ends[topic, partition] = ends.get((topic, partition), 0) + 1

    try:
        for dossier, event in events:
            partition = partition_of(dossier, PARTITIONS)
            gathered = waiting[partition]
            gathered.append(event)
            if len(gathered) >= a_record:
                send(partition, dossier.partition("-")[0])
        for partition in list(waiting):
            send(partition, "")
        producer.flush()
    finally:
        producer.close()
    return ends


def ignored(_: Any) -> None:
    """For progress that nobody watches."""

"""What a Kafka's topics hold, read by one who belongs to no group and commits nothing there."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from kafka import KafkaConsumer, TopicPartition  # type: ignore[import-untyped]  # it ships no types
from kafka.errors import KafkaError  # type: ignore[import-untyped]

from ingest.cluster import Cluster, entrance
from metrics.errors import Unavailable

MOST = 5_000
"""Messages that are read on together."""
CONNECT_MS = 3_000
POLL_MS = 1_000


@contextmanager
def consumer(kafka: Cluster | str) -> Iterator[Any]:
    found = None
    try:
        found = KafkaConsumer(
            **entrance(kafka), group_id=None, enable_auto_commit=False, bootstrap_timeout_ms=CONNECT_MS
        )
        yield found
    except KafkaError as error:
        raise Unavailable(f"no Kafka answers at {kafka}: {error}") from None
    finally:
        if found is not None:
            found.close()


def places(found: Any, topic: str) -> list[Any]:
    """Its partitions; none where there is no such topic."""
    return [TopicPartition(topic, number) for number in sorted(found.partitions_for_topic(topic) or ())]


def passages(found: Any, starts: Mapping[Any, int]) -> Iterator[tuple[Any, Sequence[Any]]]:
    """From those offsets on, up to where each partition ended when this began.

    What that Kafka no longer holds is passed over.
    """
    wanted = list(starts)
    found.assign(wanted)
    ends, beginnings = found.end_offsets(wanted), found.beginning_offsets(wanted)
    for place, start in starts.items():
        found.seek(place, min(max(start, beginnings[place]), ends[place]))
    while any(found.position(place) < end for place, end in ends.items()):
        for place, some in found.poll(timeout_ms=POLL_MS, max_records=MOST).items():
            if inside := [one for one in some if one.offset < ends[place]]:
                yield place, inside

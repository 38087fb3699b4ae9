"""Events of one partition gathered into one Kafka record: a record costs the worker far more than an event."""

from collections.abc import Iterator

from metrics.events import Topic, partition_of

MOST_EVENTS = 500
MOST_BYTES = 256 * 1024


class Batch:
    """The events that will be the next record of one partition."""

    __slots__ = ("events", "partition", "size", "topic")

    def __init__(self, topic: Topic, partition: int) -> None:
        self.topic, self.partition = topic, partition
        self.events: list[bytes] = []
        self.size = 0

    def take(self) -> bytes:
        """The gathered events as JSON Lines; the batch is empty afterwards."""
        record = b"\n".join(self.events)
        self.events, self.size = [], 0
        return record


class Batches:
    """One open batch for each partition of each topic."""

    def __init__(self, partitions: int) -> None:
        self._partitions = partitions
        self._of = {topic: [Batch(topic, number) for number in range(partitions)] for topic in Topic}

    def batch_for(self, topic: Topic, key: str) -> Batch:
        return self._of[topic][partition_of(key, self._partitions)]

    def begun(self) -> Iterator[Batch]:
        return (batch for batches in self._of.values() for batch in batches if batch.events)

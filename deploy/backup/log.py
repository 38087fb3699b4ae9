"""How a store and the topics are brought together again: the offsets that workers go on from."""

from clickhouse_connect.driver.client import Client

from deploy.backup.restore import reached
from deploy.parts import GROUP, TOPICS_PATIENCE
from ingest.cluster import Cluster
from ingest.offsets import go_on, log_starts, require_nobody_reads
from ingest.topics import prepare
from metrics.errors import Misconfigured
from metrics.events import Topic


class Topics:
    """Those of one cluster. `identity` is another where they were made anew: then offsets began again, too."""

    def __init__(self, kafka: Cluster, partitions: int) -> None:
        self._kafka = kafka
        self._places = [(topic.value, partition) for topic in Topic for partition in range(partitions)]
        self.identity = prepare(kafka, partitions, TOPICS_PATIENCE)

    def require_nobody_reads(self) -> None:
        require_nobody_reads(self._kafka, GROUP)

    def require_beginning(self) -> None:
        gone = [f"{topic}/{part}" for (topic, part), start in log_starts(self._kafka, self._places).items() if start]
        if gone:
            problem = f"Kafka no longer holds the beginning of {', '.join(gone[:4])}: replay from a backup instead"
            raise Misconfigured([problem])

    def go_on_from(self, client: Client) -> None:
        go_on(self._kafka, GROUP, reached(client, dict.fromkeys(self._places, 0)))

"""How the worker asks the broker for records: for many at once, since both work for each asking.

Of itself aiokafka takes an answer as soon as there is one record, and Faust offers no setting for that.
"""

from typing import Any

from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, Consumer, Transport

ENOUGH, PATIENCE = 64 * 1024, 100
"""Bytes that are worth an answer; milliseconds after which there is one in any case."""


class ThriftyThread(AIOKafkaConsumerThread):
    """Faust's, and patient."""

    def _create_worker_consumer(self, transport: Any) -> Any:
        consumer = super()._create_worker_consumer(transport)
        consumer._fetch_min_bytes, consumer._fetch_max_wait_ms = ENOUGH, PATIENCE  # noqa: SLF001
        return consumer


class ThriftyConsumer(Consumer):
    """Faust's, with such a thread."""

    def _new_consumer_thread(self) -> AIOKafkaConsumerThread:
        return ThriftyThread(self, loop=self.loop, beacon=self.beacon)


class ThriftyTransport(Transport):
    """Faust's way to Kafka, with such a consumer."""

    Consumer = ThriftyConsumer

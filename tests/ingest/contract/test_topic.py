"""A province's own topic, on a real broker, keeps the contract of every source; so do Debezium's changes."""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from kafka import KafkaProducer
from kafka.admin import KafkaAdminClient, NewTopic

from ingest.border import Border
from ingest.cluster import Cluster
from ingest.feed import OFFSETS, Feed, TopicSaid, row_of
from ingest.kept import Kept
from ingest.mapping.mapping import Mapped
from ingest.mapping.problems import fields_of
from ingest.mapping.said import KIND
from ingest.sink import Sink
from ingest.source import Chain, pour
from metrics.errors import Misconfigured, Rejected
from tests.ingest.contract.suite import Records, SourceContract, facts, fine
from tests.ingest.support import MemorySink
from tests.support.broker import running_broker

COLUMNS = {kind: [name for name, _ in fields_of(kind)] for kind in KIND}


@pytest.fixture(scope="module")
def broker(tmp_path_factory):
    with running_broker(tmp_path_factory.mktemp("broker")) as address:
        yield address


def said(kind: str, topic: str) -> TopicSaid:
    values = {f"v{place}": name for place, name in enumerate(COLUMNS[kind])}
    fields = {name: f"{{{value}}}" for value, name in values.items()}
    return TopicSaid.model_validate({"topic": topic, "values": values, "records": [{"kind": kind, "fields": fields}]})


class Topics:
    """A topic of one partition for each kind, whose order is the order of what was delivered."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address, self.places, self.there = address, folder / "places", True
        self.names = {kind: f"their.{kind}.{uuid4().hex[:8]}" for kind in KIND}
        admin = KafkaAdminClient(bootstrap_servers=address)
        admin.create_topics([NewTopic(name, 1, 1) for name in self.names.values()])
        admin.close()
        self.producer = KafkaProducer(bootstrap_servers=address)

    def put(self, kind: str, *values: bytes | None) -> None:
        for value in values:
            self.producer.send(self.names[kind], value, key=b"k")
        self.producer.flush()

    def deliver(self, records: Records) -> None:
        for kind, record in records:
            self.put(kind, json.dumps(record).encode())

    def feed(self, sink: Sink, kind: str, border: Border | None = None) -> Feed:
        one = said(kind, self.names[kind])
        kept = Kept(self.places, one.topic, f"{sink.identity} {Mapped(one).mark}", OFFSETS)
        return Feed(Cluster(self.address if self.there else "127.0.0.1:1"), one, kept, border or Border())

    def source(self, sink: Sink) -> Chain:
        return Chain([self.feed(sink, kind) for kind in KIND])

    def away(self) -> None:
        self.there = False

    def back(self) -> None:
        self.there = True

    def jump(self, seconds: int) -> None: ...

    def close(self) -> None:
        self.producer.close()


class TestTopic(SourceContract):
    examples = 2

    @pytest.fixture(autouse=True)
    def _broker(self, broker: str) -> None:
        self.address = broker

    def delivery(self, folder: Path) -> Topics:
        return Topics(self.address, folder)


def change(op: str, after: object, *, schema: bool) -> bytes:
    said = {"op": op, "before": None, "after": after, "source": {"table": "ho_so"}}
    return json.dumps({"schema": {"type": "struct"}, "payload": said} if schema else said).encode()


@pytest.mark.parametrize("schema", [True, False])
def test_what_debezium_says_of_a_table_is_the_row_behind_each_change(broker, tmp_path, schema):
    there, sink, border = Topics(broker, tmp_path), MemorySink(), Border()
    ((kind, record),) = fine(["dossiers"])
    late = {**record, "NgayTiepNhan": "20220104090000"}
    changes = [change(op, row, schema=schema) for op, row in (("r", record), ("u", late), ("d", None))]
    there.put(kind, *changes, None, b"{", b"[1]")
    pour(there.feed(sink, kind, border), sink)
    (dossier,) = facts(sink)["dossier"].values()
    assert f"{dossier['recorded_received_at']:%Y%m%d%H}" == "2022010402"  # UTC
    assert (border.accepted[kind], border.rejected[kind]) == (2, 2)
    letters = [letter for letter in sink.events("dead") if letter["kind"] == "dead"]
    assert [(letter["source"], letter["line"]) for letter in letters] == [
        (f"topic:{there.names[kind]}/0", "4"), (f"topic:{there.names[kind]}/0", "5"),
    ]  # fmt: skip


def test_a_topic_that_is_not_there_is_said(broker, tmp_path):
    there = Topics(broker, tmp_path)
    there.names["dossiers"] = "nowhere"
    with pytest.raises(Misconfigured, match="nowhere is not in"):
        list(there.feed(MemorySink(), "dossiers").look())


@pytest.mark.parametrize("value", [b"", b"\xff", b"1", b"null", b'"x"', b'{"op": "u", "after": 1}'])
def test_what_is_no_row_is_rejected(value):
    assert isinstance(row_of(value), Rejected)

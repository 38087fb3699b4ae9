"""Every sink keeps one promise; Kafka keeps it while its broker is killed."""

import json
import os
import signal
import socket
import threading
import time
from collections import defaultdict

import pytest
from kafka import KafkaConsumer, TopicPartition

from deploy import ports
from deploy.broker.jars import jars
from deploy.broker.server import Broker
from ingest.batches import MOST_BYTES, MOST_EVENTS
from ingest.border import dead_letter
from ingest.load import load_folder
from ingest.sink import KafkaSink
from metrics.errors import Misconfigured, Rejected, Unavailable
from metrics.events import Topic, partition_of
from tests.ingest.support import DOSSIER, PARTITIONS, STEP, MemorySink, lines, quiet
from tests.support.broker import CACHE, print_progress, running_broker, started
from tests.support.processes import eventually, halted

stack = pytest.mark.stack
LONG = 60.0
"""Seconds; for ever is what must not be."""


@pytest.fixture(scope="module")
def kafka(tmp_path_factory):
    with running_broker(tmp_path_factory.mktemp("broker")) as address:
        yield address


@pytest.fixture(params=["memory", pytest.param("kafka", marks=stack)])
def sink_and_log(request):
    """A sink, and a function that reads what its log holds from the given ends on."""
    if request.param == "memory":
        sink = MemorySink()
        yield sink, lambda: dict(sink.log)
    else:
        address = request.getfixturevalue("kafka")
        with KafkaSink(address, PARTITIONS) as sink:
            before = read_all(address)
            yield sink, lambda: {place: events[len(before[place]) :] for place, events in read_all(address).items()}


def read_records(address):
    """All records of all topics, by (topic, partition)."""
    found = defaultdict(list)
    consumer = KafkaConsumer(bootstrap_servers=address, fetch_max_bytes=1 << 28, max_partition_fetch_bytes=1 << 26)
    places = [
        TopicPartition(topic, number) for topic in consumer.topics() for number in consumer.partitions_for_topic(topic)
    ]
    consumer.assign(places)
    consumer.seek_to_beginning()
    ends = consumer.end_offsets(places)
    while any(consumer.position(place) < ends[place] for place in places):
        for place, records in consumer.poll(timeout_ms=200).items():
            found[place.topic, place.partition] += records
    consumer.close()
    return found


def read_all(address):
    records = read_records(address)
    return defaultdict(list, {place: [e for r in rs for e in r.value.split(b"\n")] for place, rs in records.items()})


def event(key, number):
    return json.dumps({"dossier": key, "n": number}).encode()


def test_events_arrive_in_order_where_their_key_lives(sink_and_log):
    sink, log = sink_and_log
    sent = defaultdict(list)
    for number in range(3 * MOST_EVENTS):
        key = f"H07-{number % 11}"
        sink.send(Topic.DOSSIERS, key, event(key, number))
        sent["nhip.dossiers", partition_of(key, PARTITIONS)].append(event(key, number))
    sink.settle()
    assert {place: events for place, events in log().items() if events} == sent
    assert sink.ends.keys() == sent.keys()


def test_what_is_settled_is_acknowledged_and_ends_say_where(sink_and_log):
    sink, _ = sink_and_log
    sink.settle()
    assert sink.ends == {}
    sink.send(Topic.DEAD, "a", event("a", 1))
    sink.settle()
    ((place, end),) = sink.ends.items()
    sink.send(Topic.DEAD, "a", event("a", 2))
    sink.settle()
    assert dict(sink.ends) == {place: end + 1}


@stack
def test_a_record_is_never_fuller_than_the_worker_likes(kafka):
    with KafkaSink(kafka, PARTITIONS) as sink:
        for number in range(2 * MOST_EVENTS + 1):
            sink.send(Topic.PAYMENTS, "a", event("a", number))
        for number in range(20):
            sink.send(Topic.PAYMENTS, "a", b"x" * (MOST_BYTES // 7 + number))
        sink.settle()
    values = [record.value for record in read_records(kafka)["nhip.payments", partition_of("a", PARTITIONS)]]
    assert [value.count(b"\n") + 1 for value in values[:2]] == [MOST_EVENTS, MOST_EVENTS]
    assert max(map(len, values)) <= MOST_BYTES


@stack
def test_a_letter_comes_behind_what_was_sent_before_it(kafka):
    """So that what lies before it in time was said before its line was rejected."""
    with KafkaSink(kafka, PARTITIONS) as sink:
        sink.send(Topic.DOSSIERS, "before", b'{"before":1}')
        for number in range(MOST_EVENTS):
            sink.send(*dead_letter("dossiers", "full batch", number, Rejected("why")))
        sink.send(Topic.DOSSIERS, "behind", b'{"behind":1}')
        time.sleep(0.01)
        sink.settle()
    times = {
        word: record.timestamp
        for records in read_records(kafka).values()
        for record in records
        for word in (b"before", b"full batch", b"behind")
        if word in record.value
    }
    assert times[b"before"] <= times[b"full batch"] < times[b"behind"]


@stack
def test_the_largest_line_fits(kafka):
    giant = os.urandom(700_000).hex().encode()
    with KafkaSink(kafka, PARTITIONS) as sink:
        sink.send(Topic.REFERENCE, "a", giant)
        sink.settle()
    assert read_all(kafka)["nhip.reference", partition_of("a", PARTITIONS)][-1] == giant


@stack
def test_another_number_of_partitions_is_refused(kafka):
    KafkaSink(kafka, PARTITIONS).close()
    with pytest.raises(Misconfigured) as why:
        KafkaSink(kafka, PARTITIONS + 1)
    assert len(why.value.problems) == len(Topic)


@stack
def test_the_same_log_has_the_same_identity(kafka, tmp_path):
    with KafkaSink(kafka, PARTITIONS) as one, KafkaSink(kafka, PARTITIONS) as two:
        assert one.identity == two.identity
    with running_broker(tmp_path) as other, KafkaSink(other, PARTITIONS) as three:
        assert three.identity != one.identity


def test_no_broker_is_unavailable():
    with socket.socket() as taken:  # bound and silent: nobody answers there
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(Unavailable, match="is it running"):
            KafkaSink(f"127.0.0.1:{taken.getsockname()[1]}", PARTITIONS, patience=1)


# The broker dies


@pytest.fixture
def broker(tmp_path):
    return Broker(jars(CACHE, print_progress), tmp_path / "broker", *ports.free(2))


def kill(child):
    os.killpg(child.pid, signal.SIGKILL)
    child.process.wait()


@stack
@pytest.mark.faults
def test_a_broker_that_is_killed_and_returns_costs_nothing(broker, tmp_path):
    drop = tmp_path / "drop"
    drop.mkdir()
    records = [STEP | {"MaHoSo": f"H07-{number % 500:04}", "PhongBanXuLy": str(number)} for number in range(150_000)]
    (drop / "progress.jsonl").write_bytes(lines(*records))
    dead, back = threading.Event(), threading.Event()

    with started(broker) as first, KafkaSink(broker.address, PARTITIONS) as sink:

        def kill_once(progress):
            if not dead.is_set():
                kill(first)
                dead.set()
                threading.Timer(2, back.set).start()

        outcome = []
        loading = threading.Thread(
            target=lambda: outcome.append(load_folder(drop, sink, tmp_path / "checkpoints", kill_once))
        )
        loading.start()
        dead.wait()
        back.wait()
        with started(broker):
            loading.join()
            report, log = outcome[0], read_records(broker.address)
    assert report.accepted["progress"] == len(records)
    units = defaultdict(list)
    for place, found in log.items():
        for sent in (json.loads(text) for record in found for text in record.value.split(b"\n")):
            units[sent["dossier"]].append(int(sent["unit"]))
        assert report.ends[place] == found[-1].offset + 1
    for number in range(500):
        assert units[f"H07-{number:04}"] == list(range(number, 150_000, 500))


@stack
@pytest.mark.faults
def test_a_broker_that_stays_away_ends_the_load_and_the_next_one_goes_on(broker, tmp_path):
    drop = tmp_path / "drop"
    drop.mkdir()
    (drop / "dossiers.jsonl").write_bytes(lines(*(DOSSIER | {"MaHoSo": f"H07-{n}"} for n in range(120_000))))
    with (
        started(broker) as first,
        KafkaSink(broker.address, PARTITIONS, patience=2) as sink,
        pytest.raises(Unavailable),
    ):
        load_folder(drop, sink, tmp_path / "checkpoints", lambda progress: kill(first))
    with started(broker):
        with KafkaSink(broker.address, PARTITIONS) as again:
            report = load_folder(drop, again, tmp_path / "checkpoints", quiet)
        sent = [json.loads(text)["dossier"] for texts in read_all(broker.address).values() for text in texts]
    assert report.accepted["dossiers"] == 120_000
    assert set(sent) == {f"H07-{n}" for n in range(120_000)}
    assert sum(report.ends.values()) > 0


@stack
@pytest.mark.faults
def test_a_broker_that_hangs_is_given_up_and_nothing_goes_on_behind_our_back(broker, monkeypatch):
    monkeypatch.setattr("ingest.sink.GRACE", 1.0)
    with started(broker) as child:
        threads = set(threading.enumerate())
        sink = KafkaSink(broker.address, PARTITIONS, patience=2)
        sink.send(Topic.DEAD, "a", event("a", 1))
        sink.settle()
        os.killpg(child.pid, signal.SIGSTOP)
        try:
            assert eventually(lambda: halted(child.pid))
            sink.send(Topic.DEAD, "a", event("a", 2))
            began = time.monotonic()
            with pytest.raises(Unavailable):
                sink.settle()
            assert time.monotonic() - began < LONG
            sink.close()
            assert eventually(lambda: set(threading.enumerate()) <= threads, within=LONG)
        finally:
            os.killpg(child.pid, signal.SIGCONT)


@stack
def test_a_producer_that_loses_a_record_is_given_up(kafka, monkeypatch):
    """As it was seen to happen when a broker died under load: neither acknowledged nor refused, for ever."""
    monkeypatch.setattr("ingest.sink.GRACE", 0.5)
    with KafkaSink(kafka, PARTITIONS, patience=1) as sink:
        monkeypatch.setattr(sink._producer._sender, "run_once", lambda: time.sleep(0.01))
        time.sleep(0.2)
        sink.send(Topic.DEAD, "a", event("a", 1))
        with pytest.raises(Unavailable):
            sink.settle()

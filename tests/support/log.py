"""Histories as the topics would hold them: validated by ingest, partitioned, cut into records and batches."""

from collections.abc import Iterator
from itertools import cycle

from ingest.national import FILE_KINDS
from ingest.reading import Reader
from metrics.errors import Rejected
from metrics.events import DEAD, Topic, partition_of
from streams.decode import Record
from tests.strategies import History

PARTITIONS = 2
READERS = {kind.name: (Reader(kind), kind.event.topic) for kind in FILE_KINDS}

Logs = dict[Topic, list[Record]]


def events(history: History) -> tuple[dict[Topic, list[tuple[int, bytes]]], set[tuple[str, int]]]:
    """(partition, event) of each topic in order of arrival, and the lines that were rejected."""
    found: dict[Topic, list[tuple[int, bytes]]] = {topic: [] for topic in Topic}
    rejected: set[tuple[str, int]] = set()
    for kind, number, line in history.arriving():
        reader, topic = READERS[kind]
        if not line.strip():
            continue
        try:
            key, event = reader.read(line)
        except Rejected:
            rejected.add((f"{kind}.jsonl", number))
        else:
            found[topic].append((partition_of(key, PARTITIONS), event))
    assert not found[DEAD.topic]
    return found, rejected


def logs(history: History, sizes: list[int]) -> Logs:
    """Each topic's records: events of one partition gathered by the given sizes, over and over."""
    return {topic: list(_records(said, sizes)) for topic, said in events(history)[0].items()}


def _records(said: list[tuple[int, bytes]], sizes: list[int]) -> Iterator[Record]:
    offsets, wanted = dict.fromkeys(range(PARTITIONS), 0), cycle(sizes)
    gathered: dict[int, list[bytes]] = {partition: [] for partition in range(PARTITIONS)}
    size = next(wanted)
    for partition, event in said:
        gathered[partition].append(event)
        if len(gathered[partition]) >= size:
            yield _record(partition, offsets, gathered)
            size = next(wanted)
    for partition in range(PARTITIONS):
        if gathered[partition]:
            yield _record(partition, offsets, gathered)


def _record(partition: int, offsets: dict[int, int], gathered: dict[int, list[bytes]]) -> Record:
    record = Record(partition, offsets[partition], b"\n".join(gathered[partition]))
    offsets[partition] += 1 + len(gathered[partition]) % 2  # offsets may skip numbers
    gathered[partition] = []
    return record


def batches(records: list[Record], sizes: list[int]) -> Iterator[list[Record]]:
    """The records in batches of the given sizes, over and over."""
    wanted, at = cycle(sizes), 0
    while at < len(records):
        size = next(wanted)
        yield records[at : at + size]
        at += size

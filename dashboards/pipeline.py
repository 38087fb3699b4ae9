"""What the pipeline has done: how far each partition is written, what was rejected."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.store import ask


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A rejected line: kind of file, its path as given, line number from 1, and why."""

    kind: str
    source: str
    line: int
    reason: str

    def json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one partition of a stream is in the store."""

    stream: str
    partition: int
    next_offset: int
    newest_at: datetime | None
    written_at: datetime


def dead_letters(client: Client) -> list[DeadLetter]:
    rows = ask(client, "SELECT file_kind, source, line, reason FROM dead_letter FINAL ORDER BY source, line")
    return [DeadLetter(*row) for row in rows]


def dead_counts(client: Client) -> dict[str, int]:
    """How many lines of each kind of input were rejected."""
    rows = ask(client, "SELECT file_kind, count() FROM dead_letter FINAL GROUP BY file_kind ORDER BY file_kind")
    return {kind: int(count) for kind, count in rows}


def progress(client: Client) -> list[Progress]:
    rows = ask(
        client,
        "SELECT stream, partition, max(next_offset), max(newest_at), max(written_at) FROM pipeline_progress "
        "GROUP BY stream, partition ORDER BY stream, partition",
    )
    return [Progress(*row) for row in rows]


def behind(client: Client, ends: Mapping[tuple[str, int], int]) -> int:
    """How many records up to these ends are not in the store yet; 0 when everything can be seen."""
    written = {(p.stream, p.partition): p.next_offset for p in progress(client)}
    return sum(max(end - written.get(place, 0), 0) for place, end in ends.items())

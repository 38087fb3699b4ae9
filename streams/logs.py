"""Rows that are taken from events as they are: steps, dead letters, and how far each partition has been written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from metrics.events import APOLOGY, DEAD, RATING, STEP, Kind, Topic
from streams.decode import UTC_MOMENT, Record, typed

MOMENTS = ("at", "submitted_at", "recorded_received_at")
"""When something happened in the province: the newest of these is what "data as of" means."""

DEAD_LETTER_KEY = ("source", "line")

OF_DOSSIERS = (
    ("step", STEP, ("dossier", "at", "status")),
    ("apology", APOLOGY, ("dossier", "sent_at")),
    ("rating", RATING, ("dossier", "question", "at")),
)
"""Table, kind of event, and what makes two events of it one."""


@dataclass(frozen=True, slots=True)
class Log:
    """Rows for one table, and the columns the table is ordered by."""

    table: str
    key: tuple[str, ...]
    rows: pl.DataFrame


def logs(topic: Topic, events: pl.DataFrame) -> tuple[Log, ...]:
    """What a topic's events leave behind as they are."""
    match topic:
        case Topic.DOSSIERS:
            steps, *others = (Log(table, key, taken(events, kind, key)) for table, kind, key in OF_DOSSIERS)
            return (steps, *(log for log in others if not log.rows.is_empty()))
        case Topic.DEAD:
            return (Log("dead_letter", DEAD_LETTER_KEY, dead_letters(events)),)
        case _:
            return ()


def taken(events: pl.DataFrame, kind: Kind, key: tuple[str, ...]) -> pl.DataFrame:
    """A dossier's steps are a set of (moment, status), so they need no prior state; so are letters and ratings."""
    mine = events.filter((pl.col("kind") == kind.name) & pl.all_horizontal(pl.col(key).is_not_null()))
    return mine.select(*(typed(name) for name in kind.fields), version=pl.col("offset") + 1)


def dead_letters(events: pl.DataFrame) -> pl.DataFrame:
    """Rejected lines by source and line number: the same line rejected again is the same dead letter.

    One that is `mended` is kept, too, and hides the letter.
    """
    line = pl.col("line").cast(pl.UInt64, strict=False)
    mine = events.filter((pl.col("kind") == DEAD.name) & pl.col("source").is_not_null() & line.is_not_null())
    mended = (pl.col("mended") == "1").fill_null(value=False).cast(pl.UInt8)
    return mine.select("file_kind", "source", line, "reason", mended, version=pl.col("offset") + 1)


def unreadable_log(topic: Topic, records: Sequence[Record]) -> tuple[Log, ...]:
    """Records that are no JSON Lines of events, by where they stand in the topic."""
    rows = [
        {
            "file_kind": topic.value,
            "source": f"kafka:{topic.value}/{record.partition}",
            "line": record.offset + 1,
            "reason": "the Kafka record is not JSON Lines of events; see who else writes to this topic",
            "mended": 0,
            "version": record.offset + 1,
        }
        for record in records
    ]
    return (Log("dead_letter", DEAD_LETTER_KEY, pl.DataFrame(rows)),) if rows else ()


def progress(topic: Topic, events: pl.DataFrame, ends: Mapping[int, int]) -> Log:
    """One row a partition: the next offset to read, and the newest moment seen."""
    moments = [typed(name) for name in MOMENTS if name in events.columns]
    newest = pl.max_horizontal(moments) if moments else pl.lit(None, dtype=UTC_MOMENT)
    seen = events.group_by("partition").agg(newest_at=newest.max())
    written = pl.DataFrame(list(ends.items()), {"partition": pl.UInt16, "next_offset": pl.UInt64}, orient="row")
    rows = written.join(seen, on="partition", how="left").with_columns(stream=pl.lit(topic.value))
    return Log("pipeline_progress", ("stream", "partition"), rows)

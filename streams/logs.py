"""Rows that are taken from events as they are: steps, dead letters, and how far each partition has been written."""

from collections.abc import Mapping

import polars as pl

from metrics.events import DEAD, STEP, Topic
from streams.decode import UTC_MOMENT, typed

MOMENTS = ("at", "submitted_at", "recorded_received_at")
"""When something happened in the province: the newest of these is what "data as of" means."""


def steps(events: pl.DataFrame) -> pl.DataFrame:
    """A dossier's steps are a set of (moment, status), so they need no prior state."""
    mine = events.filter(
        (pl.col("kind") == STEP.name) & pl.all_horizontal(pl.col("dossier", "at", "status").is_not_null())
    )
    return mine.select(*(typed(name) for name in STEP.fields), version=pl.col("offset") + 1)


def dead_letters(events: pl.DataFrame) -> pl.DataFrame:
    """Rejected lines by source and line number: the same line rejected again is the same dead letter."""
    line = pl.col("line").cast(pl.UInt64, strict=False)
    mine = events.filter((pl.col("kind") == DEAD.name) & pl.col("source").is_not_null() & line.is_not_null())
    return mine.select("file_kind", "source", line, "reason", version=pl.col("offset") + 1)


def progress(topic: Topic, events: pl.DataFrame, ends: Mapping[int, int]) -> pl.DataFrame:
    """One row a partition: the next offset to read, and the newest moment seen (columns of `pipeline_progress`)."""
    moments = [typed(name) for name in MOMENTS if name in events.columns]
    newest = pl.max_horizontal(moments) if moments else pl.lit(None, dtype=UTC_MOMENT)
    seen = events.group_by("partition").agg(newest_at=newest.max())
    offsets = pl.col("partition").replace_strict(ends, return_dtype=pl.UInt64)
    return seen.select(pl.lit(topic.value).alias("stream"), "partition", offsets.alias("next_offset"), "newest_at")

"""Bring the store up to a batch of records: the fixed order of effects that makes every repetition harmless.

Cells are written first, then facts, then progress; the caller acknowledges last. A batch is counted only beyond the
fence, which travels with the cells; what was read is thrown away when the fence has moved meanwhile, since then another
worker has counted. Doing all of it again, or on two workers at once, changes no number.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import polars as pl
from opentelemetry import trace

from metrics.entity import (
    AGENCY_FACTS,
    DOSSIER_FACTS,
    PAYMENT_FACTS,
    PETITION_FACTS,
    REQUEST_FACTS,
    SERVICE_FACTS,
    Entity,
)
from metrics.events import Topic
from metrics.measure import STREAMS, Stream
from streams.cells import FENCE_DAY, KEY, ORDER, added, fence_cells, moved
from streams.decode import Record, decode, readable
from streams.fold import contributions, fold, passed
from streams.logs import Log, logs, progress, unreadable_log
from streams.state import State

ENTITIES: Mapping[Topic, tuple[Entity, ...]] = {
    Topic.DOSSIERS: (DOSSIER_FACTS,),
    Topic.PAYMENTS: (PAYMENT_FACTS,),
    Topic.REFERENCE: (SERVICE_FACTS, AGENCY_FACTS, PETITION_FACTS),
    Topic.REQUESTS: (REQUEST_FACTS,),
    Topic.DEAD: (),
}

TRACER = trace.get_tracer("nhip.streams")


@dataclass(frozen=True, slots=True)
class Batch:
    """Records read into columns: what they say of each entity, their rows for the logs.

    `begins` and `ends` are of each partition the first offset, and the one after the last.
    """

    topic: Topic
    said: tuple[tuple[Entity, pl.DataFrame], ...]
    logs: tuple[Log, ...]
    progress: Log
    begins: Mapping[int, int]
    ends: Mapping[int, int]


def read(topic: Topic, records: Sequence[Record]) -> Batch:
    """All of the work that needs no store, so that it can be done while the batch before is being written."""
    events, unreadable = _decoded(topic, records)
    begins = {record.partition: record.offset for record in reversed(records)}  # records come in log order
    ends = {record.partition: record.offset + 1 for record in records}
    said = tuple((entity, contributions(entity, events)) for entity in ENTITIES[topic])
    rows = (*logs(topic, events), *unreadable_log(topic, unreadable))
    return Batch(topic, said, rows, progress(topic, events, ends), begins, ends)


def _decoded(topic: Topic, records: Sequence[Record]) -> tuple[pl.DataFrame, list[Record]]:
    """One record that is not JSON Lines must not stop the others: it is set aside as a dead letter."""
    try:
        return decode(topic, records), []
    except ValueError:
        good, bad = readable(topic, records)
        return decode(topic, good), bad


@TRACER.start_as_current_span("keep a batch")
def keep(state: State, batch: Batch) -> None:
    """Everything the batch says is in the store when this returns. Raises Unavailable; then do it all again."""
    trace.get_current_span().set_attributes({"nhip.topic": batch.topic.value, "nhip.partitions": len(batch.ends)})
    with ThreadPoolExecutor(max_workers=1) as beside:  # the logs depend on nothing but the events
        written = [beside.submit(state.insert, log.table, log.rows, log.key) for log in batch.logs]
        for entity, said in batch.said:
            _keep_facts(state, entity, said, batch)
        for done in written:
            done.result()
    state.insert(batch.progress.table, batch.progress.rows, batch.progress.key)


def _keep_facts(state: State, entity: Entity, said: pl.DataFrame, batch: Batch) -> None:
    """Facts that nothing counts are simply folded; those of a stream move its cells first."""
    stream = next((stream for stream in STREAMS if stream.facts is entity), None)
    begins = {partition: offset for partition, offset in batch.begins.items() if offset}
    after = _folded(state, entity, said) if stream is None else _counted(state, stream, said, batch.ends, begins)
    state.insert(entity.table, _versioned(after, batch.ends).drop("partition"), entity.key)


def _folded(state: State, entity: Entity, said: pl.DataFrame) -> pl.DataFrame:
    prior = _prior(state, entity, said)
    return fold(entity, prior, _unread(prior, entity, said))


def _counted(
    state: State, stream: Stream, said: pl.DataFrame, ends: Mapping[int, int], fences: Mapping[int, int]
) -> pl.DataFrame:
    """The facts after the batch; the cells are written. `fences` says how far the cells have counted.

    As a rule that is where the batch begins: everything before it is acknowledged, and so in the store. The cells say
    whether it is true; where it is not, since a batch comes again or another worker has counted meanwhile, begins anew.
    """
    entity = stream.facts
    prior = _prior(state, entity, said)
    below, beyond = _split(_unread(prior, entity, said), fences)
    before = fold(entity, prior, below)
    after = fold(entity, before, beyond)
    delta = moved(stream, before, passed(entity, before, beyond), after)
    counted, now = _cells(state, stream, delta, list(ends))
    if now != fences:
        return _counted(state, stream, said, ends, now)
    cells = added(stream, counted, delta)
    ahead = [partition for partition, end in ends.items() if end > fences.get(partition, 0)]
    cells = pl.concat([cells, fence_cells(stream, ahead)], how="diagonal_relaxed")
    state.insert("kpi_cell", _versioned(cells, ends).with_columns(stream=pl.lit(stream.topic.value)), ORDER)
    return after


def _cells(
    state: State, stream: Stream, delta: pl.DataFrame, partitions: Sequence[int]
) -> tuple[pl.DataFrame, dict[int, int]]:
    """What the touched cells hold, and how far they have counted at that moment: the fence is a cell among them."""
    found = state.cells(stream, pl.concat([delta.select(KEY), fence_cells(stream, partitions).select(KEY)]))
    fence = pl.col("day") == FENCE_DAY
    return found.filter(~fence), dict(found.filter(fence).select("partition", "version").iter_rows())


def _prior(state: State, entity: Entity, said: pl.DataFrame) -> pl.DataFrame:
    """The newest rows of the things spoken of, each with the partition it lives in."""
    touched = said.select("partition", *entity.key).unique(entity.key)
    return state.facts(entity, touched).join(touched, on=entity.key)


def _unread(prior: pl.DataFrame, entity: Entity, said: pl.DataFrame) -> pl.DataFrame:
    """Without the events that a row already contains: its version says up to where it has read."""
    read = said.join(prior.select(*entity.key, "version"), on=entity.key, how="left", maintain_order="left")
    return read.filter(pl.col("offset") >= pl.col("version").fill_null(0)).drop("version")


def _split(said: pl.DataFrame, fences: Mapping[int, int]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What the cells have counted already, and what they have not."""
    fence = pl.col("partition").replace_strict(fences, default=0, return_dtype=pl.UInt64)
    counted = said.select(pl.col("offset") < fence).to_series()
    return said.filter(counted), said.filter(~counted)


def _versioned(frame: pl.DataFrame, ends: Mapping[int, int]) -> pl.DataFrame:
    version = pl.col("partition").replace_strict(ends, return_dtype=pl.UInt64)
    return frame.with_columns(version=version)

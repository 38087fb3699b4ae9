"""Bring the store up to a batch of records: the fixed order of effects that makes every repetition harmless.

Cells are written first, then facts, then progress; the caller acknowledges last. A batch is counted only beyond the
fence, which travels with the cells; what was read is thrown away when the fence has moved meanwhile, since then another
worker has counted. Doing all of it again, or on two workers at once, changes no number.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from metrics.entity import AGENCY_FACTS, DOSSIER_FACTS, PAYMENT_FACTS, SERVICE_FACTS, Entity
from metrics.events import Topic
from metrics.measure import STREAMS, Stream
from streams.cells import added, fence_cells, moved
from streams.decode import Record, decode
from streams.fold import contributions, fold
from streams.logs import dead_letters, progress, steps
from streams.state import State

ENTITIES: Mapping[Topic, tuple[Entity, ...]] = {
    Topic.DOSSIERS: (DOSSIER_FACTS,),
    Topic.PAYMENTS: (PAYMENT_FACTS,),
    Topic.REFERENCE: (SERVICE_FACTS, AGENCY_FACTS),
    Topic.DEAD: (),
}


def keep(state: State, topic: Topic, records: Sequence[Record]) -> None:
    """Everything these records say is in the store when this returns. Raises Unavailable; then do it all again."""
    events = decode(topic, records)
    ends = {record.partition: record.offset + 1 for record in records}  # records come in log order
    for entity in ENTITIES[topic]:
        _keep_facts(state, entity, contributions(entity, events), ends)
    if topic is Topic.DOSSIERS:
        state.insert("step", steps(events))
    if topic is Topic.DEAD:
        state.insert("dead_letter", dead_letters(events))
    state.insert("pipeline_progress", progress(topic, events, ends))


def _keep_facts(state: State, entity: Entity, said: pl.DataFrame, ends: Mapping[int, int]) -> None:
    """Facts that nothing counts are simply folded; those of a stream move its cells first."""
    stream = next((stream for stream in STREAMS if stream.facts is entity), None)
    after = _folded(state, entity, said) if stream is None else _counted(state, stream, said, ends)
    state.insert(entity.table, _versioned(after, ends).drop("partition"))


def _folded(state: State, entity: Entity, said: pl.DataFrame) -> pl.DataFrame:
    prior = _prior(state, entity, said)
    return fold(entity, prior, _unread(prior, entity, said))


def _counted(state: State, stream: Stream, said: pl.DataFrame, ends: Mapping[int, int]) -> pl.DataFrame:
    """The facts after the batch; the cells are written. Begins anew when another worker has counted meanwhile."""
    entity, fences = stream.facts, state.fences(stream, list(ends))
    prior = _prior(state, entity, said)
    below, beyond = _split(_unread(prior, entity, said), fences)
    before = fold(entity, prior, below)
    after = fold(entity, before, beyond)
    delta = moved(stream, before, after)
    cells = added(stream, state.cells(stream, delta), delta)
    if state.fences(stream, list(ends)) != fences:
        return _counted(state, stream, said, ends)
    ahead = [partition for partition, end in ends.items() if end > fences.get(partition, 0)]
    cells = pl.concat([cells, fence_cells(stream, ahead)], how="diagonal_relaxed")
    state.insert("kpi_cell", _versioned(cells, ends).with_columns(stream=pl.lit(stream.topic.value)))
    return after


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

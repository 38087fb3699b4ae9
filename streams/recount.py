"""Cells counted from facts alone, where no log is there that both could be read from again."""

import polars as pl

from metrics.measure import STREAMS, Stream, measures_of
from streams.cells import KEY, ORDER, moved
from streams.fold import completed
from streams.state import State

PIECES = 16
"""In which facts are read, so that memory does not grow with the province."""
AT_ONCE = 100_000
"""Cells in one insert: some 10 MB, and the local store takes 64 MB."""


def recount(state: State, table: str = "kpi_cell") -> None:
    """Fill an empty table of cells. Its rows are of version 0: they have read nothing of any log.

    All lie in partition 0. Which one does not matter: cells are added up, and what changes them later is a difference.
    """
    for stream in STREAMS:
        counted = pl.concat([_counted(state, stream, piece) for piece in range(PIECES)])
        names = [measure.name for measure in measures_of(stream)]
        cells = counted.group_by(KEY).agg(pl.col(names).sum())
        whole = cells.with_columns(stream=pl.lit(stream.topic.value), version=pl.lit(0, pl.UInt64))
        for part in whole.sort(ORDER).iter_slices(AT_ONCE):
            state.insert(table, part, ORDER)


def _counted(state: State, stream: Stream, piece: int) -> pl.DataFrame:
    kept = state.share_of_facts(stream.facts, piece, PIECES)
    facts = completed(stream.facts, kept.with_columns(partition=pl.lit(0, pl.UInt16)))
    return moved(stream, facts.clear(), facts.clear(), facts)

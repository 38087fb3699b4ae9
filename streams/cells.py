"""Facts to cells: how much each row counts, on which day, for whom. Pure.

Cells are additive, so a batch moves them by contributions(after) − contributions(before): a corrected dossier is taken
from its old cell and added to its new one by the same subtraction.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from metrics.civil import FIRST_YEAR
from metrics.measure import Measure, Stream, measures_of
from metrics.readings.rows import rows
from streams.decode import civil_day

KEY = ("partition", "day", "agency", "procedure", "channel")

FENCE_DAY = date(FIRST_YEAR, 1, 1)
"""A cell of no measure on a day that cannot be asked for carries a partition's fence. It is written in the same block
as the cells, so that cells and fence move together or not at all."""


def counted(stream: Stream, facts: pl.DataFrame, sign: int) -> pl.DataFrame:
    """One row for each moment that dates some measure of a fact, holding ±1 or 0 for every measure dated by it."""
    by_moment: dict[str, list[Measure]] = {}
    for measure in measures_of(stream):
        by_moment.setdefault(measure.dated_by, []).append(measure)
    parts = [_dated(stream, facts, moment, measures, sign) for moment, measures in by_moment.items()]
    return pl.concat(parts, how="diagonal")


def _dated(stream: Stream, facts: pl.DataFrame, moment: str, measures: list[Measure], sign: int) -> pl.DataFrame:
    dated = facts.filter(pl.col(moment).is_not_null())
    return dated.select(
        "partition",
        civil_day(pl.col(moment)).alias("day"),
        _place(stream.agency).alias("agency"),
        _place(stream.procedure).alias("procedure"),
        _place(stream.channel).alias("channel"),
        **{m.name: rows(m.where).cast(pl.Int64) * sign for m in measures},
    )


def _place(column: str | None) -> pl.Expr:
    """Unknown and inapplicable are the empty text: a key column of the store cannot be null."""
    return pl.lit("") if column is None else pl.col(column).fill_null("")


def moved(stream: Stream, before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """By how much each touched cell changes; cells that do not change are left out."""
    names = [measure.name for measure in measures_of(stream)]
    both = pl.concat([counted(stream, after, 1), counted(stream, before, -1)], how="diagonal")
    sums = both.group_by(KEY).agg(pl.col(names).sum())
    return sums.filter(pl.any_horizontal(pl.col(names) != 0))


def added(stream: Stream, prior: pl.DataFrame, delta: pl.DataFrame) -> pl.DataFrame:
    """The absolute values of the touched cells: what they held before, plus the change."""
    names = [measure.name for measure in measures_of(stream)]
    columns = [*KEY, *names]
    return pl.concat([prior.select(columns), delta.select(columns)]).group_by(KEY).agg(pl.col(names).sum())


def fence_cells(stream: Stream, partitions: Sequence[int]) -> pl.DataFrame:
    """The cells that say how far these partitions have been counted, by their version."""
    place = {"day": FENCE_DAY, "agency": "", "procedure": "", "channel": ""}
    nothing = dict.fromkeys((measure.name for measure in measures_of(stream)), 0)
    rows_ = [{"partition": partition, **place, **nothing} for partition in partitions]
    schema = dict(zip(KEY, (pl.UInt16, pl.Date, pl.String, pl.String, pl.String), strict=True))
    return pl.DataFrame(rows_, schema={**schema, **dict.fromkeys(nothing, pl.Int64)})

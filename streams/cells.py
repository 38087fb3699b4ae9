"""Facts to cells: how much each row counts, on which day, for whom. Pure.

Cells are additive, so a batch moves them by contributions(after) − contributions(before): a corrected dossier is taken
from its old cell and added to its new one by the same subtraction.
"""

from collections.abc import Iterator, Sequence
from datetime import date

import polars as pl

from metrics.civil import FIRST_YEAR
from metrics.measure import Measure, Stream, measures_of
from metrics.readings.rows import rows
from streams.decode import civil_day

KEY = ("partition", "day", "agency", "procedure", "channel")
ORDER = (*KEY[1:], "partition")
"""How the table lies within a stream: the day first, as everybody asks for days."""

_BEFORE = ":before"

FENCE_DAY = date(FIRST_YEAR, 1, 1)
"""A cell of no measure on a day that cannot be asked for carries a partition's fence. It is written in the same block
as the cells, so that cells and fence move together or not at all."""


def moved(stream: Stream, before: pl.DataFrame, between: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """By how much each touched cell changes; cells that nothing left or entered are left out.

    A cell that was left and entered alike is there, with zeros. Another worker may have stopped at the moment between
    and write its cells only now: what it says of that moment must not stay the newest word.
    """
    by_moment: dict[str, list[Measure]] = {}
    for measure in measures_of(stream):
        by_moment.setdefault(measure.dated_by, []).append(measure)
    steps = [step for moment in by_moment.items() for step in _steps(stream, *moment, before, between, after)]
    names = [measure.name for measure in measures_of(stream)]
    return pl.concat(steps, how="diagonal").group_by(KEY).agg(pl.col(names).sum())


def _steps(  # noqa: PLR0913, PLR0917 - the states, and which of their moments
    stream: Stream,
    moment: str,
    measures: Sequence[Measure],
    before: pl.DataFrame,
    between: pl.DataFrame,
    after: pl.DataFrame,
) -> Iterator[pl.DataFrame]:
    """What leaves a cell and what enters one, as far as the moment's measures count it."""
    key, names = stream.facts.key, [measure.name for measure in measures]
    counts = {measure.name: _count(measure) for measure in measures}
    told = (moment, *_places(stream))
    between, after = (facts.select(*dict.fromkeys((*key, "partition", *told)), **counts) for facts in (between, after))
    later = pl.concat([between.with_columns(weight=0), after.with_columns(weight=1)])
    counted_before = {name: pl.col(name) for name in told} | counts
    before = before.select(*key, **{name + _BEFORE: column for name, column in counted_before.items()})
    pairs = later.join(before, on=key, how="left")
    differs = (pl.col(name).ne_missing(pl.col(name + _BEFORE)) for name in (*told, *names))
    pairs = pairs.filter(pl.any_horizontal(differs))
    for suffix, sign in (("", 1), (_BEFORE, -1)):
        yield pairs.filter(pl.col(moment + suffix).is_not_null()).select(
            partition=pl.col("partition"),
            day=civil_day(pl.col(moment + suffix)),
            agency=_place(stream.agency, suffix),
            procedure=_place(stream.procedure, suffix),
            channel=_place(stream.channel, suffix),
            **{name: pl.col(name + suffix) * pl.col("weight") * sign for name in names},
        )


def _count(measure: Measure) -> pl.Expr:
    holds = rows(measure.where).cast(pl.Int64)
    return holds if measure.times is None else holds * pl.col(measure.times).cast(pl.Int64)


def _places(stream: Stream) -> list[str]:
    return [place for place in (stream.agency, stream.procedure, stream.channel) if place]


def _place(column: str | None, suffix: str) -> pl.Expr:
    """Unknown and inapplicable are the empty text: a key column of the store cannot be null."""
    return pl.lit("") if column is None else pl.col(column + suffix).fill_null("")


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

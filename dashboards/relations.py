"""The two relations that every figure can be computed from: cells, and facts counted the same way.

Both have the columns day, agency, procedure, channel and one a measure, so a question asked of one can be asked of the
other: that is how facts and cells prove each other.
"""

from collections.abc import Iterator
from enum import StrEnum

from metrics.civil import CIVIL_SQL_ZONE
from metrics.measure import MEASURES, STREAMS, Measure, Stream, measures_of
from metrics.readings.sql import sql

PLACE = ("day", "agency", "procedure", "channel")
NAMES = tuple(measure.name for measure in MEASURES)


class Basis(StrEnum):
    """What a figure is read from."""

    CELLS = "cells"
    FACTS = "facts"


def relation(basis: Basis, where: str) -> str:
    """A subquery with the columns above; `where` is a condition on day and agency with its parameters."""
    if basis is Basis.CELLS:
        return f"SELECT {', '.join((*PLACE, *NAMES))} FROM kpi_cell FINAL PREWHERE {where}"
    counted = " UNION ALL ".join(_dated(stream, moment) for stream in STREAMS for moment in moments(stream))
    return f"SELECT * FROM ({counted}) WHERE {where}"


def moments(stream: Stream) -> Iterator[str]:
    """The columns whose civil day something of the stream is counted on."""
    yield from dict.fromkeys(measure.dated_by for measure in measures_of(stream))


def _dated(stream: Stream, moment: str) -> str:
    """How much the facts count on each day of one of their moments."""
    columns = [
        f"{day_of(moment)} AS day",
        *(f"{each} AS {name}" for name, each in zip(PLACE[1:], places(stream), strict=True)),
        *(f"{_counted(measure, stream, moment)} AS {measure.name}" for measure in MEASURES),
    ]
    return f"SELECT {', '.join(columns)} FROM {facts_of(stream)} WHERE {moment} IS NOT NULL GROUP BY {', '.join(PLACE)}"


def _counted(measure: Measure, stream: Stream, moment: str) -> str:
    if not is_counted(measure, stream, moment):
        return "toInt64(0)"
    return f"toInt64(sumIf({times(measure)}, {sql(measure.where)}))"


def is_counted(measure: Measure, stream: Stream, moment: str) -> bool:
    """Whether the stream's facts are counted by it on the day of that moment."""
    return measure.facts is stream.facts and measure.dated_by == moment


def day_of(moment: str) -> str:
    return f"toDate32({moment}, '{CIVIL_SQL_ZONE}')"


def facts_of(stream: Stream) -> str:
    return f"{stream.facts.table} AS facts FINAL"


def times(measure: Measure) -> str:
    """How often a row counts."""
    return f"facts.{measure.times}" if measure.times else "1"


def places(stream: Stream) -> list[str]:
    """Agency, procedure and channel of a row."""
    return [_place(column) for column in (stream.agency, stream.procedure, stream.channel)]


def _place(column: str | None) -> str:
    return "''" if column is None else f"ifNull(toString(facts.{column}), '')"

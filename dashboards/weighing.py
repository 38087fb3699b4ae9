"""Days on which facts and cells differ, found by weighing instead of by setting all cells beside each other.

Every count of a day is multiplied by a hash of its place, and added up in 64 bits that wrap around. Facts that are
counted by the same cells weigh the same, whatever order they come in; a count that is in one cell instead of another
does not. That two different days weigh the same by chance is one in 2^64. Four million cells of three years by two
million dossiers are weighed in a tenth of the time in which they are grouped (docs/bench.md).
"""

from collections.abc import Sequence

from dashboards.relations import NAMES, PLACE, Basis, day_of, facts_of, is_counted, moments, places, relation, times
from metrics.measure import MEASURES, STREAMS, Measure, Stream
from metrics.readings.sql import sql


def differing_days(where: str) -> str:
    """SQL giving each day of those whose facts and cells differ; `where` is a condition on the day."""
    signed = ", ".join(f"toUInt64(0 - {name}) AS {name}" for name in NAMES)
    facts = " UNION ALL ".join(_facts(stream, moment) for stream in STREAMS for moment in moments(stream))
    both = f"{_cells(where)} UNION ALL SELECT day, {signed} FROM ({facts}) WHERE {where}"
    return f"SELECT day FROM ({both}) GROUP BY day HAVING {' OR '.join(f'sum({name}) != 0' for name in NAMES)}"


def _cells(where: str) -> str:
    weighed = ", ".join(f"sum(toUInt64({name}) * weight) AS {name}" for name in NAMES)
    rows = f"SELECT *, {_weight(PLACE[1:])} AS weight FROM ({relation(Basis.CELLS, where)})"
    return f"SELECT day, {weighed} FROM ({rows}) GROUP BY day"


def _facts(stream: Stream, moment: str) -> str:
    columns = ", ".join(f"{_weighed(measure, stream, moment)} AS {measure.name}" for measure in MEASURES)
    rows = f"SELECT *, {_weight(places(stream))} AS weight FROM {facts_of(stream)} WHERE {moment} IS NOT NULL"
    return f"SELECT {day_of(moment)} AS day, {columns} FROM ({rows}) AS facts GROUP BY day"


def _weighed(measure: Measure, stream: Stream, moment: str) -> str:
    if not is_counted(measure, stream, moment):
        return "toUInt64(0)"
    return f"sumIf(toUInt64({times(measure)}) * weight, {sql(measure.where)})"


def _weight(place: Sequence[str]) -> str:
    return f"cityHash64({', '.join(place)})"

"""Families of definitions as a sheet: each figure against the period before, and what the family's own rules demand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboards.board import Board
from dashboards.change import Change, breaks, change
from dashboards.figures import Reading, Scope
from dashboards.spans import alongside, before
from dashboards.tiles import SETTLED, of_family
from metrics.breaks import Break
from metrics.catalogue import CATALOGUE, UNCOVERED
from metrics.catalogue.vpcp06a import COLUMNS, IDENTITIES, number
from metrics.civil import civil
from metrics.kpi import Family, Kpi
from metrics.questions import Question
from metrics.uncovered import Uncovered


@dataclass(frozen=True, slots=True)
class Line:
    """A definition's figure; `in_force` tells whether the definition held in the period at all."""

    reading: Reading
    change: Change | None
    breaks: tuple[Break, ...]

    @property
    def kpi(self) -> Kpi:
        return self.reading.kpi

    @property
    def in_force(self) -> bool:
        period = self.reading.scope.period
        return self.kpi.source.holds(period.first, period.last)


@dataclass(frozen=True, slots=True)
class Sheet:
    """`as_of` is when the oldest of its figures was read."""

    lines: tuple[Line, ...]
    uncovered: tuple[Uncovered, ...]
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Identity:
    """A sum that form 06a demands: the column, its parts, and what they read."""

    whole: int
    parts: tuple[int, ...]
    left: int
    right: int

    @property
    def holds(self) -> bool:
        return self.left == self.right


def of(board: Board, scope: Scope, family: Family) -> Sheet:
    """All definitions of a family."""
    return _sheet(board, scope, [each for each in CATALOGUE if each.family == family], family)


def side_by_side(board: Board, scope: Scope, question: Question) -> Sheet:
    """All definitions that answer the same question."""
    by_id = {each.id: each for each in CATALOGUE}
    return _sheet(board, scope, [by_id[name] for name in question.kpis], None)


def _sheet(board: Board, scope: Scope, kpis: Sequence[Kpi], family: Family | None) -> Sheet:
    families = dict.fromkeys(each.family for each in kpis)
    reads = [of_family(board, scope, each) for each in families]
    now = {reading.kpi: reading for read in reads for reading in read.value}
    then = _earlier(board, scope, families)
    lines = [Line(now[each], change(now[each], then.get(each)), breaks(now[each], then.get(each), ())) for each in kpis]
    missing = tuple(each for each in UNCOVERED if each.family == family)
    return Sheet(tuple(lines), missing, min(read.as_of for read in reads))


def _earlier(board: Board, scope: Scope, families: Mapping[Family, None]) -> dict[Kpi, Reading]:
    """The same span of the period before."""
    earlier = before(scope.period)
    if earlier is None:
        return {}
    span = Scope(alongside(earlier, scope.period, civil(board.now()).date()), scope.agency)
    reads = [of_family(board, span, each, SETTLED) for each in families]
    return {reading.kpi: reading for read in reads for reading in read.value}


def identities(sheet: Sheet) -> list[Identity]:
    """The sums of form 06a, as its sheet reads."""
    read = {number(line.kpi): int(line.reading.numerator or 0) for line in sheet.lines if line.kpi in COLUMNS}
    return [Identity(whole, parts, read[whole], sum(read[part] for part in parts)) for whole, parts in IDENTITIES]

"""Families of definitions as a sheet: each figure against the period before, and what the family's own rules demand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboards.board import FRESH, Board
from dashboards.cache import Read
from dashboards.change import Change, breaks, change
from dashboards.figures import Reading, Scope, kpi
from dashboards.spans import alongside, before
from dashboards.tiles import JUDGED_FRESH, SETTLED, of_family
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
    """`as_of` is when its figures were read."""

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
    kpis = [each for each in CATALOGUE if each.family == family]
    missing = tuple(each for each in UNCOVERED if each.family == family)
    return _sheet(board, scope, kpis, lambda asked, seconds: of_family(board, asked, family, seconds), missing)


def side_by_side(board: Board, scope: Scope, question: Question) -> Sheet:
    """All definitions that answer the same question, and no others of their families."""
    by_id = {each.id: each for each in CATALOGUE}
    kpis = [by_id[name] for name in question.kpis]

    def read(asked: Scope, seconds: float) -> Read[list[Reading]]:
        key, longer = ("compare", question.kpis, asked), max(seconds, JUDGED_FRESH)
        return board.read(key, lambda client: kpi(client, asked, kpis=kpis), longer)

    return _sheet(board, scope, kpis, read)


Asking = Callable[[Scope, float], Read[list[Reading]]]
"""Reads the figures of a scope, which serve for so many seconds."""


def _sheet(
    board: Board, scope: Scope, kpis: Sequence[Kpi], read: Asking, uncovered: tuple[Uncovered, ...] = ()
) -> Sheet:
    found, earlier = read(scope, FRESH), _before(board, scope)
    now = {reading.kpi: reading for reading in found.value}
    then = {reading.kpi: reading for reading in read(earlier, SETTLED).value} if earlier else {}
    lines = [Line(now[each], change(now[each], then.get(each)), breaks(now[each], then.get(each), ())) for each in kpis]
    return Sheet(tuple(lines), uncovered, found.as_of)


def _before(board: Board, scope: Scope) -> Scope | None:
    """The same span of the period before."""
    earlier = before(scope.period)
    if earlier is None:
        return None
    return Scope(alongside(earlier, scope.period, civil(board.now()).date()), scope.agency)


def identities(sheet: Sheet) -> list[Identity]:
    """The sums of form 06a, as its sheet reads."""
    read = {number(line.kpi): int(line.reading.numerator or 0) for line in sheet.lines if line.kpi in COLUMNS}
    return [Identity(whole, parts, read[whole], sum(read[part] for part in parts)) for whole, parts in IDENTITIES]

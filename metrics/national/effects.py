"""What each class of difference does to a figure: the effects add up to the whole gap, exactly.

The figure is computed again after each class has been handed over; what it moves by is that class's effect, in the
unit of the figure and as a fraction. A class after which the figure has no value (nothing is left to divide by) leaves
its effect to the next one after which it has. Another order would share the gap out otherwise: see decision 26.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from metrics.display import AFTER, NOTHING, decimal
from metrics.formula import Count, Formula, Grades, Number, Points, Ratio, Score, exact, pair
from metrics.kpi import Kpi
from metrics.terms import Term
from metrics.unit import SECONDS, Unit, decimals


@dataclass(frozen=True, slots=True)
class Effects:
    """`here` and `there` are the figure's values, None where there is none; then there is no gap and no effect.

    `counts` are numerator and denominator here and there; `of` has the effect of each class, in their order.
    """

    kpi: Kpi
    here: Fraction | None
    there: Fraction | None
    counts: tuple[tuple[Number | None, Number | None], tuple[Number | None, Number | None]]
    of: tuple[Fraction | None, ...]

    @property
    def gap(self) -> Fraction | None:
        return None if self.here is None or self.there is None else self.there - self.here


def worth(formula: Formula, number: Callable[[Term], Number | None]) -> Fraction | None:
    """The value in the unit of the formula, without any rounding."""
    match formula:
        case Count(part, unit):
            counted = number(part)
            return None if counted is None else Fraction(counted) / SECONDS.get(unit, 1)
        case Ratio(_, _, unit):
            top, bottom = pair(formula, number)
            return Fraction(top) / Fraction(bottom) / SECONDS.get(unit, 1) if bottom and top is not None else None
        case Points():
            return exact(formula, *pair(formula, number))
        case Score(parts):
            known = [found for points in parts if (found := exact(points, *pair(points, number))) is not None]
            return sum(known, Fraction(0)) if known else None
        case Grades():
            return Fraction(pair(formula, number)[0] or 0)


def effects(kpi: Kpi, stages: Sequence[Callable[[Term], Number | None]]) -> Effects:
    """`stages` are the numbers of the terms before any class was handed over, and after each of them."""
    values = [worth(kpi.formula, stage) for stage in stages]
    here, there = values[0], values[-1]
    counts = (pair(kpi.formula, stages[0]), pair(kpi.formula, stages[-1]))
    if here is None or there is None:
        return Effects(kpi, here, there, counts, tuple(None for _ in values[1:]))
    moves: list[Fraction | None] = []
    before = here
    for value in values[1:]:
        moves.append(Fraction(0) if value is None else value - before)
        before = before if value is None else value
    return Effects(kpi, here, there, counts, tuple(moves))


def printed(kpi: Kpi, value: Fraction | None, *, sign: bool = False) -> str:
    """A value as it is displayed, cut; with a sign, a gap or effect with two decimals, a rate's in points (điểm %)."""
    if value is None:
        return NOTHING
    unit = kpi.unit
    scaled = value * 100 if unit is Unit.PERCENT else value
    if not sign:
        return decimal(floor(scaled * 10 ** decimals(unit)), decimals(unit)) + AFTER[unit].vi
    cut = int(scaled * 100)  # towards 0: what is shown never says more than there is
    after = " điểm %" if unit is Unit.PERCENT else AFTER[unit].vi
    return ("+" if cut > 0 else "") + (decimal(int(scaled), 0) if unit is Unit.COUNT else decimal(cut, 2)) + after

"""How terms make a value: counted, divided, turned into points, added to a score. Divided last, from counts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import assert_never

from metrics.terms import Term
from metrics.unit import SECONDS, Unit

Number = int | float

SCORED = 10**9
"""A score is cut to so many parts of a point, where it still has to be a plain number."""

Pair = tuple[Number | None, Number | None]
"""Numerator and denominator; None where there is none."""


@dataclass(frozen=True, slots=True)
class Count:
    """A plain number, or a span."""

    part: Term
    unit: Unit = Unit.COUNT


@dataclass(frozen=True, slots=True)
class Ratio:
    """A rate, or a mean where the part is a sum. An empty whole gives no value.

    With `rest` the numerator is what the whole has beyond the part: services without dossiers.
    """

    part: Term
    whole: Term
    unit: Unit = Unit.PERCENT
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A rate as points: `most` at the rate `full_at` and above, in proportion below, `empty` where there is no rate."""

    part: Term
    whole: Term
    most: float
    full_at: float = 1.0
    empty: float | None = None
    unit: Unit = Unit.POINTS


@dataclass(frozen=True, slots=True)
class Score:
    """Points added up, from summed counts and never from averages; a part without a value adds nothing.

    `most` is what the whole score could reach, with the indicators that nhip has no data for.
    """

    parts: tuple[Points, ...]
    most: float
    unit: Unit = Unit.POINTS


@dataclass(frozen=True, slots=True)
class Bar:
    """A rate has to reach `least`; without one, nothing at all may be counted by `part`."""

    part: Term
    whole: Term | None = None
    least: float | None = None

    def cleared(self, number: Callable[[Term], Number | None]) -> bool:
        """An empty whole clears no bar."""
        part = number(self.part) or 0
        if self.whole is None or self.least is None:
            return part == 0
        whole = number(self.whole)
        return bool(whole) and Fraction(part) >= Fraction(str(self.least)) * Fraction(whole or 0)


@dataclass(frozen=True, slots=True)
class Grade:
    """So many points where every bar is cleared."""

    points: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Grades:
    """The points of the first grade that is reached, else 0: several conditions in one mark."""

    grades: tuple[Grade, ...]
    unit: Unit = Unit.MARK


Formula = Count | Ratio | Points | Score | Grades


def terms(formula: Formula) -> Iterator[Term]:
    match formula:
        case Count(part):
            yield part
        case Ratio(part, whole) | Points(part, whole):
            yield part
            yield whole
        case Score(parts):
            for points in parts:
                yield from terms(points)
        case Grades(grades):
            for bar in (bar for grade in grades for bar in grade.bars):
                yield from filter(None, (bar.part, bar.whole))
        case _:
            assert_never(formula)


def pair(formula: Formula, number: Callable[[Term], Number | None]) -> Pair:
    """Numerator and denominator from the numbers of the terms; of a score or grade the points, and no denominator."""
    match formula:
        case Count(part):
            return number(part), None
        case Ratio(part, whole, rest=True):
            return (number(whole) or 0) - (number(part) or 0), number(whole)
        case Ratio(part, whole) | Points(part, whole):
            return number(part), number(whole)
        case Score(parts):
            found = [exact(points, *pair(points, number)) for points in parts]
            known = [each for each in found if each is not None]
            return (floor(sum(known) * SCORED) / SCORED if known else None), None
        case Grades(grades):
            reached = (each.points for each in grades if all(bar.cleared(number) for bar in each.bars))
            return next(reached, 0), None
        case _:
            assert_never(formula)


def value(formula: Formula, numerator: Number | None, denominator: Number | None) -> float | None:
    """In the formula's unit: a rate between 0 and 1, points, hours, days."""
    match formula:
        case Count(_, unit):
            return numerator if numerator is None or unit not in SECONDS else numerator / SECONDS[unit]
        case Ratio(_, _, unit):
            return numerator / denominator / SECONDS.get(unit, 1) if denominator and numerator is not None else None
        case Points():
            points = exact(formula, numerator, denominator)
            return None if points is None else float(points)
        case Score() | Grades():
            return numerator
        case _:
            assert_never(formula)


def exact(points: Points, numerator: Number | None, denominator: Number | None) -> Fraction | None:
    """Without the rounding of binary fractions, which could lift points over the cent that they are cut to."""
    if numerator is None or denominator is None:
        return None
    if not denominator:
        return None if points.empty is None else Fraction(str(points.empty))
    most = Fraction(str(points.most))
    return min(most, most * Fraction(numerator) / Fraction(denominator) / Fraction(str(points.full_at)))

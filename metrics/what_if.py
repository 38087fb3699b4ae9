"""How many more it takes: the fewest further cases that bring a rate, or its points, to a target.

Two readings of "more", because they differ: cases that are there and change sides (late ones that would have been in
time), and new cases that are all on the good side (more online dossiers). Everything else stays as it is. Where less is
better, the good side is not to be counted.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from metrics.formula import Formula, Points, Ratio, exact
from metrics.kpi import Better
from metrics.unit import Unit


@dataclass(frozen=True, slots=True)
class WhatIf:
    """`converted` of the existing cases or `added` new ones reach the target; None where none would do."""

    target: Fraction
    converted: int | None
    added: int | None


def rate_for(formula: Formula, target: Fraction) -> Fraction | None:
    """The rate at which the value is the target (0.8 for 80 %, or points); None where no rate gives it."""
    match formula:
        case Ratio(_, _, Unit.PERCENT):
            rate = target
        case Points(_, _, most, full_at) if target <= Fraction(str(most)):
            rate = target / Fraction(str(most)) * Fraction(str(full_at))
        case _:
            return None
    return rate if 0 <= rate <= 1 else None


def what_if(formula: Formula, better: Better, numerator: int, denominator: int, target: Fraction) -> WhatIf | None:
    """None where the formula is no rate, or no rate reaches the target."""
    rate = rate_for(formula, target)
    if rate is None:
        return None
    if denominator == 0:
        return WhatIf(target, *_over_nothing(formula, target))
    count = (_converted, _added) if better is Better.HIGHER else (_spared, _diluted)
    converted, added = (each(rate, numerator, denominator) for each in count)
    return WhatIf(target, converted, added)


def lifted(points: Points, numerator: int, denominator: int, by: Fraction) -> WhatIf | None:
    """What lifts the points by that much, or to the most there are; None where nothing is missing, or nothing known."""
    now = exact(points, numerator, denominator)
    most = Fraction(str(points.most))
    if now is None or now >= most:
        return None
    return what_if(points, Better.HIGHER, numerator, denominator, min(now + by, most))


def _over_nothing(formula: Formula, target: Fraction) -> tuple[int | None, int]:
    """There is nothing to convert, and the first new case is all there is; unless nothing is worth enough already."""
    now = exact(formula, 0, 0) if isinstance(formula, Points) else None
    return (0, 0) if now is not None and now >= target else (None, 1)


def _converted(rate: Fraction, numerator: int, denominator: int) -> int | None:
    return max(ceil(rate * denominator) - numerator, 0)


def _added(rate: Fraction, numerator: int, denominator: int) -> int | None:
    """At the rate or above: (n + k) / (d + k) ≥ rate."""
    missing = rate * denominator - numerator
    if missing <= 0:
        return 0
    return None if rate == 1 else ceil(missing / (1 - rate))


def _spared(rate: Fraction, numerator: int, denominator: int) -> int | None:
    return max(numerator - floor(rate * denominator), 0)


def _diluted(rate: Fraction, numerator: int, denominator: int) -> int | None:
    """At the rate or below: n / (d + k) ≤ rate."""
    if numerator <= rate * denominator:
        return 0
    return None if rate == 0 else ceil(numerator / rate) - denominator

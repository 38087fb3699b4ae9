"""How many more it takes: the fewest further counted cases that bring a rate, or its points, to a target.

Two readings of "more", because they differ: cases that are there and become counted (late ones that would have been in
time), and new cases that are all counted (more online dossiers). Everything else stays as it is.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from metrics.formula import Formula, Points, Ratio
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


def what_if(formula: Formula, numerator: int, denominator: int, target: Fraction) -> WhatIf | None:
    """None where the formula is no rate, or no rate reaches the target."""
    rate = rate_for(formula, target)
    if rate is None:
        return None
    return WhatIf(target, _converted(rate, numerator, denominator), _added(rate, numerator, denominator))


def _converted(rate: Fraction, numerator: int, denominator: int) -> int | None:
    """Over an empty denominator there is nothing to convert."""
    return max(ceil(rate * denominator) - numerator, 0) if denominator else None


def _added(rate: Fraction, numerator: int, denominator: int) -> int | None:
    """(n + k) / (d + k) ≥ rate; one case where there is none yet."""
    if denominator == 0:
        return 1
    missing = rate * denominator - numerator
    if missing <= 0:
        return 0
    return None if rate == 1 else ceil(missing / (1 - rate))

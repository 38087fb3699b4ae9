"""Whether a difference is more than chance: asked before anybody calls a figure better or worse.

Rates are compared by the test of two proportions, counts by how a total would split over spans of their lengths; both
at 99 %. Where too few cases stand behind them nothing is concluded. Exact fractions, so that nothing turns on rounding.
"""

from enum import StrEnum
from fractions import Fraction

SURE = Fraction("6.635")
"""The 99 % quantile of chi-square with one degree of freedom: beyond it one comparison in a hundred is chance."""
FEWEST = 30
"""Cases on each side of a comparison of rates, and on both together of one of counts."""
FEWEST_EXPECTED = 5
"""Cases expected in each of the four cells of a comparison of rates: below it the test promises nothing."""


class Difference(StrEnum):
    """What may be said of two figures."""

    REAL = "real"
    CHANCE = "chance"
    TOO_FEW = "too_few"


def of_rates(part: int, whole: int, then_part: int, then_whole: int) -> Difference:
    """`part` of `whole` against `then_part` of `then_whole`."""
    smaller, total, counted = min(whole, then_whole), whole + then_whole, part + then_part
    if smaller < FEWEST or smaller * min(counted, total - counted) < FEWEST_EXPECTED * total:
        return Difference.TOO_FEW
    rate = Fraction(counted, total)
    apart = Fraction(part, whole) - Fraction(then_part, then_whole)
    spread = rate * (1 - rate) * (Fraction(1, whole) + Fraction(1, then_whole))
    return _judged(apart, spread)


def of_counts(number: int, days: int, then: int, then_days: int) -> Difference:
    """`number` in so many days against `then` in so many."""
    total, share = number + then, Fraction(days, days + then_days)
    if total < FEWEST or total * min(share, 1 - share) < FEWEST_EXPECTED:
        return Difference.TOO_FEW
    return _judged(number - total * share, total * share * (1 - share))


def _judged(apart: Fraction, spread: Fraction) -> Difference:
    return Difference.REAL if apart**2 > SURE * spread else Difference.CHANCE

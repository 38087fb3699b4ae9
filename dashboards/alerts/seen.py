"""Readings as alerts see them: exact values in the unit that limits are said in, and the words for them."""

from collections.abc import Iterable
from fractions import Fraction

from dashboards.change import breaks
from dashboards.figures import Reading
from metrics.alerting.alert import Seen
from metrics.breaks import Break
from metrics.display import NOTHING, count, decimal
from metrics.formula import Ratio
from metrics.unit import SECONDS, Unit

PRECISE = 9
"""Decimals beyond which a binary fraction says nothing."""


def exact(reading: Reading) -> Fraction | None:
    """Of a rate in percent. From whole numbers, so that 19 of 20 is not below 95 %."""
    part, whole, formula = reading.numerator, reading.denominator, reading.kpi.formula
    hundred = 100 if formula.unit is Unit.PERCENT else 1
    if isinstance(formula, Ratio) and isinstance(part, int) and isinstance(whole, int):
        return Fraction(part * hundred, whole * SECONDS.get(formula.unit, 1)) if whole else None
    value = reading.value
    return None if value is None else Fraction(str(round(value * hundred, PRECISE)))


def value_of(reading: Reading) -> Seen:
    return Seen(reading.scope.period.name, exact(reading), _whole(reading), shown=said(reading))


def change_of(now: Reading, then: Reading, turns: Iterable[Break] = ()) -> Seen:
    """The smaller whole decides whether there are enough cases. What may not be compared has not changed."""
    left, right, wholes = exact(now), exact(then), (_whole(now), _whole(then))
    known = left is not None and right is not None and not breaks(now, then, turns)
    return Seen(
        now.scope.period.name,
        left - right if known and left is not None and right is not None else None,
        min((whole for whole in wholes if whole is not None), default=None),
        shown=f"{said(then)} → {said(now)}",
    )


def number_of(value: int, period: str = "now") -> Seen:
    return Seen(period, Fraction(value), shown=count(value))


def share_of(part: int, whole: int) -> Seen:
    value = Fraction(part * 100, whole) if whole else None
    shown = NOTHING if value is None else f"{decimal(part * 1000 // whole, 1)} % ({count(part)}/{count(whole)})"
    return Seen("now", value, Fraction(whole), shown=shown)


def said(reading: Reading) -> str:
    """`49,6 % (45.646/91.919)`."""
    part, whole = reading.numerator, reading.denominator
    if not isinstance(part, int) or not isinstance(whole, int) or not whole:
        return reading.display
    return f"{reading.display} ({count(part)}/{count(whole)})"


def _whole(reading: Reading) -> Fraction | None:
    return None if reading.denominator is None else Fraction(reading.denominator)

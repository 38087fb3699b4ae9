"""The SQL reading of a formula: its value, cut as officials print it.

Held equal to metrics/display.py by the tests. Division comes last and in whole numbers: no binary fraction lifts a
value over a tenth, and Grafana has nothing left to round.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import assert_never

from metrics.formula import Bar, Count, Formula, Grades, Points, Ratio, Score
from metrics.terms import Term
from metrics.unit import SECONDS, Unit, decimals

FINE = 10**30
"""In so many parts of a point the parts of a score are added up."""

Name = Callable[[Term], str]
"""The column that holds a term's number."""


def steps(formula: Formula, name: Name) -> str:
    """In units of the last displayed decimal, as a whole number: 49,6 % is 496. NULL where there is no value."""
    scale = scale_of(formula.unit)
    match formula:
        case Count(part, unit):
            return f"intDiv({name(part)} * {scale}, {SECONDS.get(unit, 1)})"
        case Ratio(_, whole, Unit.MARK):
            return f"intDiv({_top(formula, name)} * {2 * scale} + {name(whole)}, nullIf({name(whole)}, 0) * 2)"
        case Ratio(_, whole, unit):
            return f"intDiv({_top(formula, name)} * {scale}, nullIf({name(whole)}, 0) * {SECONDS.get(unit, 1)})"
        case Points():
            return _points(formula, name, scale)
        case Score(parts):
            fine = [_points(each, name, FINE) for each in parts]
            known = " AND ".join(f"isNull({each})" for each in fine)
            total = " + ".join(f"ifNull({each}, toInt256(0))" for each in fine)
            # What was cut off each part must not keep a sum that is whole below itself.
            cut = f"intDiv({total} + {len(parts)}, toInt256('{FINE // scale}'))"
            return f"if({known}, NULL, toInt64({cut}))"
        case Grades(grades):
            reached = (f"{' AND '.join(_bar(bar, name) for bar in each.bars)}, {each.points}" for each in grades)
            return f"multiIf({', '.join(reached)}, 0) * {scale}"
        case _:
            assert_never(formula)


def _top(ratio: Ratio, name: Name) -> str:
    return f"({name(ratio.whole)} - {name(ratio.part)})" if ratio.rest else name(ratio.part)


def _bar(bar: Bar, name: Name) -> str:
    if bar.whole is None or bar.least is None:
        return f"{name(bar.part)} = 0"
    least = Fraction(str(bar.least))
    return (
        f"({name(bar.whole)} > 0 AND {name(bar.part)} * {least.denominator} >= {name(bar.whole)} * {least.numerator})"
    )


def _points(points: Points, name: Name, scale: int) -> str:
    most = Fraction(str(points.most)) * scale
    rate = most / Fraction(str(points.full_at))
    part, whole = f"toInt256({name(points.part)})", f"toInt256({name(points.whole)})"
    cut = f"intDiv({part} * toInt256('{rate.numerator}'), {whole} * toInt256('{rate.denominator}'))"
    empty = "NULL" if points.empty is None else f"toInt256('{int(Fraction(str(points.empty)) * scale)}')"
    return f"if({name(points.whole)} = 0, {empty}, least({cut}, toInt256('{int(most)}')))"


def scale_of(unit: Unit) -> int:
    return 1000 if unit is Unit.PERCENT else 10 ** decimals(unit)


def value(formula: Formula, name: Name) -> str:
    """The cut value in the unit that is displayed: percent, points, hours, days."""
    return f"CAST({steps(formula, name)} / {10 ** decimals(formula.unit)} AS Nullable(Float64))"


def exact(formula: Formula, name: Name) -> str:
    """Uncut, in the unit that limits are said in; a double, so that what equals a limit has the limit's own bits."""
    match formula:
        case Count(part, unit):
            return f"{name(part)} / {SECONDS.get(unit, 1)}"
        case Ratio(_, whole, unit):
            hundred = 100 if unit is Unit.PERCENT else 1
            return f"({_top(formula, name)} * {hundred}) / (nullIf({name(whole)}, 0) * {SECONDS.get(unit, 1)})"
        case Points() | Score() | Grades():
            return f"{steps(formula, name)} / {scale_of(formula.unit)}"
        case _:
            assert_never(formula)

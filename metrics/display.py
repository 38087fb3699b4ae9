"""Numbers as Vietnamese officials print them: decimal comma, thousands point, cut and never rounded up.

Published figures only add up this way: 45,646 of 91,919 is printed 49,6 %, where rounding would give 49,7 %.
"""

from math import floor

from metrics.formula import Formula, Number, Points, Ratio, exact, value
from metrics.unit import SECONDS, Unit, decimals
from metrics.words import Text

NOTHING = "–"

AFTER = {
    Unit.PERCENT: Text(" %", " %"),
    Unit.COUNT: Text("", ""),
    Unit.NUMBER: Text("", ""),
    Unit.MARK: Text(" điểm", " points"),
    Unit.POINTS: Text(" điểm", " points"),
    Unit.HOURS: Text(" giờ", " hours"),
    Unit.DAYS: Text(" ngày", " days"),
    Unit.WORKING_HOURS: Text(" giờ làm việc", " working hours"),
    Unit.WORKING_DAYS: Text(" ngày làm việc", " working days"),
}


def count(number: Number | None) -> str:
    """1547 is `1.547`; the points of a score have two decimals, and nothing is `–`."""
    if number is None:
        return NOTHING
    return f"{number:,}".replace(",", ".") if isinstance(number, int) else decimal(floor(round(number * 100, 8)), 2)


def percent(part: int, whole: int) -> str:
    """45646 of 91919 is `49,6 %`."""
    return decimal(part * 1000 // whole, 1) + " %"


def decimal(cut: int, places: int) -> str:
    """496 with one place is `49,6`."""
    sign = "−" if cut < 0 else ""
    whole, rest = divmod(abs(cut), 10**places)
    return sign + count(whole) + (f",{rest:0{places}d}" if places else "")


def steps(formula: Formula, numerator: Number | None, denominator: Number | None) -> int | None:
    """The value in units of its last displayed decimal, cut: 49,6 % is 496. None where there is no value."""
    unit = formula.unit
    if isinstance(formula, Points):
        points = exact(formula, numerator, denominator)
        return None if points is None else floor(points * _scale(unit))
    if isinstance(formula, Ratio) and isinstance(numerator, int) and isinstance(denominator, int):
        # Integer arithmetic, so that no binary fraction shaves off a tenth.
        if unit is Unit.MARK and denominator:
            return (numerator * 20 + denominator) // (denominator * 2)
        return numerator * _scale(unit) // (denominator * SECONDS.get(unit, 1)) if denominator else None
    found = value(formula, numerator, denominator)
    return None if found is None else floor(round(found * _scale(unit), 8))


def _scale(unit: Unit) -> int:
    return 1000 if unit is Unit.PERCENT else int(10 ** decimals(unit))


def shown(unit: Unit, number: float) -> str:
    """A value in its unit: 0.5 of a rate is `50,0 %`."""
    return decimal(floor(round(number * _scale(unit), 8)), decimals(unit)) + AFTER[unit].vi


def display(formula: Formula, numerator: Number | None, denominator: Number | None) -> str:
    """A ratio over nothing is shown as nothing, never as 0 or 100."""
    cut = steps(formula, numerator, denominator)
    return NOTHING if cut is None else decimal(cut, decimals(formula.unit)) + AFTER[formula.unit].vi

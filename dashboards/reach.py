"""What it would take to bring a figure to a target, as people write targets: percent for a rate, points for points."""

from fractions import Fraction

from dashboards.figures import Reading
from metrics.unit import Unit
from metrics.what_if import WhatIf, what_if


def reach(reading: Reading, target: float) -> WhatIf | None:
    """None where the figure is no rate, or no rate reaches the target."""
    n, d = reading.numerator, reading.denominator
    if not isinstance(n, int) or not isinstance(d, int):
        return None
    wanted = Fraction(str(target)) / (100 if reading.kpi.unit is Unit.PERCENT else 1)
    return what_if(reading.kpi.formula, reading.kpi.better, n, d, wanted)

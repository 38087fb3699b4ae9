"""How near a value is to a limit, as one number whichever side is bad: what Grafana's rules compare with 1."""

from decimal import Decimal
from fractions import Fraction

from metrics.alerting.alert import Seen, Sight, State
from metrics.alerting.threshold import Direction, Level, Threshold

JUST_BEYOND, JUST_INSIDE = 1.000001, 1.0
MOST = 1000.0
"""What stands for a ratio without an end, such as some overdue dossiers where none are allowed."""


def breach_ratio(threshold: Threshold, level: Level, seen: Seen, state: State) -> float:
    """Above 1 exactly where the value is beyond that level's limit, however near; on it, it is inside.

    Too few cases are certainly inside. Where nothing can be seen an alert stays as it is: open or not.
    """
    sight = seen.sight(threshold.least)
    if sight.dark:
        return JUST_BEYOND if state.level >= level else 0.0
    if sight is Sight.FEW or seen.value is None:
        return 0.0
    limit = threshold.act if level is Level.ACT else threshold.warn
    if limit is None:
        raise ValueError(level)  # callers ask for the limits that there are
    ratio = _ratio(threshold.direction, seen.value, limit)
    return max(ratio, JUST_BEYOND) if threshold.beyond(seen.value, limit) else min(ratio, JUST_INSIDE)


def _ratio(direction: Direction, value: Fraction, limit: Decimal) -> float:
    """Limits of changes may be negative: then only the side of the limit says anything."""
    over, under = (Fraction(limit), value) if direction is Direction.BELOW else (value, Fraction(limit))
    if over <= 0 or under < 0:
        return 0.0
    return min(float(over / under), MOST) if under else MOST


def levels(threshold: Threshold) -> tuple[Level, ...]:
    """Those that have a limit."""
    return (Level.ACT,) if threshold.warn is None else (Level.WARN, Level.ACT)

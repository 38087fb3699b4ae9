"""What may be said of a figure against an earlier one: better, worse, or why neither."""

from collections.abc import Iterable
from enum import StrEnum

from dashboards.change import Turn, change
from dashboards.figures import Reading
from metrics.breaks import Break
from metrics.formula import Count, Ratio
from metrics.noise import Difference, of_counts, of_rates
from metrics.period import Period


class Verdict(StrEnum):
    """SAME: displayed alike. UNTESTED: a score, for which there is no test. NOTHING: one side has no value."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    CHANCE = "chance"
    TOO_FEW = "too_few"
    INCOMPLETE = "incomplete"
    BROKEN = "broken"
    UNTESTED = "untested"
    NOTHING = "nothing"


def verdict(now: Reading, then: Reading | None, turns: Iterable[Break], *, complete: bool) -> Verdict:
    """`complete`: all data of the period is there; without it nothing is called better or worse."""
    if then is None or now.steps is None or then.steps is None:
        return Verdict.NOTHING
    moved = change(now, then, turns)
    if moved is None:
        return Verdict.BROKEN
    if not complete:
        return Verdict.INCOMPLETE
    return Verdict.SAME if moved.turn is Turn.SAME else _tested(now, then, moved.turn)


def _tested(now: Reading, then: Reading, turn: Turn) -> Verdict:
    match _difference(now, then):
        case None:
            return Verdict.UNTESTED
        case Difference.REAL:
            return Verdict(turn.value)
        case difference:
            return Verdict(difference.value)


def _difference(now: Reading, then: Reading) -> Difference | None:
    numbers = (now.numerator, now.denominator, then.numerator, then.denominator)
    match now.kpi.formula, numbers:
        case Ratio(), (int(part), int(whole), int(then_part), int(then_whole)):
            return of_rates(part, whole, then_part, then_whole)
        case Count(), (int(number), None, int(then_number), None):
            return of_counts(number, _days(now.scope.period), then_number, _days(then.scope.period))
    return None


def _days(period: Period) -> int:
    return (period.last - period.first).days + 1

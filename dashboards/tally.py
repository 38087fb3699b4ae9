"""What is said of a league in a line: how many agencies reach a target, how many rose and fell against a year before.

Agencies with too few cases, or none, are in neither of the two: they are a group of their own.
"""

from collections import Counter
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction

from dashboards.figures import Reading
from dashboards.league import League, Row, few
from metrics.kpi import Better, Kpi
from metrics.unit import Unit

USUAL = 80.0
"""Percent: provinces print how many agencies are "at or above 80 %"."""


class Group(StrEnum):
    REACHED = "reached"
    MISSED = "missed"
    FEW = "few"
    ROSE = "rose"
    FELL = "fell"
    SAME = "same"
    APART = "apart"  # nothing a year before, too few cases, or a break between


BY_TARGET, BY_YEAR = (Group.REACHED, Group.MISSED, Group.FEW), (Group.ROSE, Group.FELL, Group.SAME, Group.APART)


def target_of(kpi: Kpi, given: float | None = None) -> float | None:
    """In the unit as displayed: 80 is 80 %. Without a given one there is one only for rates that should be high."""
    usual = USUAL if kpi.unit is Unit.PERCENT and kpi.better is Better.HIGHER else None
    return usual if given is None else given


def reaches(reading: Reading, target: float | None) -> bool | None:
    """At or above the target, or below it where less is better; None where nothing can be said."""
    if target is None or reading.value is None or few(reading):
        return None
    found, aim = _displayed(reading), Fraction(str(target))
    return reading.kpi.better.met(found, aim)


def _displayed(reading: Reading) -> Fraction:
    """The value, of a rate in percent and exactly."""
    if reading.kpi.unit is Unit.PERCENT:
        return Fraction(100 * (reading.numerator or 0)) / Fraction(reading.denominator or 1)
    return Fraction(reading.value or 0)


def turn(row: Row) -> Group:
    """By what is displayed, so that the reader can subtract and agree."""
    if row.change is None or row.before is None:
        return Group.APART
    steps = (row.reading.steps or 0) - (row.before.steps or 0)
    return Group.ROSE if steps > 0 else Group.FELL if steps < 0 else Group.SAME


def groups(row: Row, target: float | None) -> frozenset[Group]:
    reached = reaches(row.reading, target)
    by_target = Group.FEW if reached is None else Group.REACHED if reached else Group.MISSED
    return frozenset({by_target, turn(row)})


def tally(league: League, target: float | None) -> dict[Group, int]:
    """How many agencies are in each group; without a target nobody is in those by it."""
    found = Counter(group for row in league.rows for group in groups(row, target))
    return {group: found[group] for group in (*(BY_TARGET if target is not None else ()), *BY_YEAR)}


def only(league: League, group: Group | None, target: float | None) -> League:
    """The rows of a group."""
    if group is None:
        return league
    return replace(league, rows=tuple(row for row in league.rows if group in groups(row, target)))

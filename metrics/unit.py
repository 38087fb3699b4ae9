"""In what a value is given, and how finely it is displayed."""

from enum import StrEnum


class Unit(StrEnum):
    """A `mark` is rounded to one decimal, where everything else is cut.

    Seconds of a span are displayed as hours or days, `working` ones as working days of eight hours.
    """

    PERCENT = "percent"
    COUNT = "count"
    NUMBER = "number"
    MARK = "mark"
    POINTS = "points"
    HOURS = "hours"
    DAYS = "days"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"


SECONDS = {Unit.HOURS: 3600, Unit.DAYS: 86400, Unit.WORKING_HOURS: 3600, Unit.WORKING_DAYS: 28800}
"""How many seconds one of a span's unit has."""

DECIMALS = {Unit.COUNT: 0, Unit.POINTS: 2, Unit.NUMBER: 2}
"""Displayed decimals; one where nothing is said."""


def decimals(unit: Unit) -> int:
    return DECIMALS.get(unit, 1)

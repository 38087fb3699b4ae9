"""Indicators of a family that nhip has no data for: named, with the reason, so that a score says what it leaves out."""

from dataclasses import dataclass

from metrics.kpi import Family
from metrics.words import Text


@dataclass(frozen=True, slots=True)
class Uncovered:
    """`most` is what it could bring in points; None where the family gives none."""

    id: str
    family: Family
    title: Text
    why: Text
    most: float | None = None

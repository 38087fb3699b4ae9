"""How a figure moved against another span: said in what is displayed, so that the reader can subtract and agree."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dashboards.figures import Reading
from metrics.breaks import Break, between
from metrics.display import decimal
from metrics.kpi import Better
from metrics.unit import Unit, decimals


class Turn(StrEnum):
    """Whether that is good news, by the KPI's own direction."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Change:
    """`steps` are what the last displayed decimal counts: tenths of a percentage point, things, tenths of a day."""

    steps: int
    turn: Turn
    unit: Unit

    @property
    def symbol(self) -> str:
        return "▲" if self.steps > 0 else "▼" if self.steps < 0 else "="

    @property
    def amount(self) -> str:
        sign = "+" if self.steps > 0 else "−" if self.steps < 0 else ""
        return sign + decimal(abs(self.steps), decimals(self.unit))

    @property
    def ratio(self) -> bool:
        """Said in percentage points."""
        return self.unit is Unit.PERCENT


def breaks(now: Reading, then: Reading | None, unit: Iterable[Break] = ()) -> tuple[Break, ...]:
    """What keeps the two from being compared; `unit` is what happened to the agency itself."""
    return () if then is None else between(then.scope.period, now.scope.period, now.kpi, unit)


def change(now: Reading, then: Reading | None, unit: Iterable[Break] = ()) -> Change | None:
    """None where one of them has no value, or where they may not be compared."""
    if then is None or now.steps is None or then.steps is None or breaks(now, then, unit):
        return None
    steps = now.steps - then.steps
    good = steps > 0 if now.kpi.better is Better.HIGHER else steps < 0
    turn = Turn.SAME if steps == 0 else Turn.BETTER if good else Turn.WORSE
    return Change(steps, turn, now.kpi.unit)

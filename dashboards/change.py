"""How a figure moved against another span: said in what is displayed, so that the reader can subtract and agree."""

from dataclasses import dataclass
from enum import StrEnum

from dashboards.figures import Reading
from metrics.display import count
from metrics.kpi import Better, Ratio


class Turn(StrEnum):
    """Whether that is good news, by the KPI's own direction."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Change:
    """`steps` are tenths of a percentage point for a ratio, else things."""

    steps: int
    turn: Turn
    ratio: bool

    @property
    def symbol(self) -> str:
        return "▲" if self.steps > 0 else "▼" if self.steps < 0 else "="

    @property
    def amount(self) -> str:
        sign = "+" if self.steps > 0 else "−" if self.steps < 0 else ""
        size = abs(self.steps)
        return sign + (f"{size // 10},{size % 10}" if self.ratio else count(size))


def change(now: Reading, then: Reading | None) -> Change | None:
    """None where one of them has no value."""
    if then is None or now.value is None or then.value is None:
        return None
    steps = _steps(now) - _steps(then)
    good = steps > 0 if now.kpi.better is Better.HIGHER else steps < 0
    turn = Turn.SAME if steps == 0 else Turn.BETTER if good else Turn.WORSE
    return Change(steps, turn, isinstance(now.kpi.formula, Ratio))


def _steps(reading: Reading) -> int:
    """Cut as it is displayed."""
    return reading.numerator * 1000 // reading.denominator if reading.denominator else reading.numerator

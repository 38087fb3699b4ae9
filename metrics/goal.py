"""Goals: targets that the province sets itself, beside those that a definition comes with."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from metrics.kpi import Kpi, Source, Target
from metrics.typed import NUMBER
from metrics.unit import Unit
from metrics.words import Text

SOURCE = Source("Mục tiêu của tỉnh")
MOST = {Unit.PERCENT: Decimal(100)}


@dataclass(frozen=True, slots=True)
class Goal:
    """What a version of a KPI should reach for the whole province, in the unit that is displayed: 80 is 80 %."""

    kpi: str
    version: int
    value: Decimal

    @property
    def id(self) -> str:
        return name_of(self.kpi, self.version)

    def target(self, kpi: Kpi) -> Target:
        """In the unit of the KPI's value."""
        return Target(float(self.value / 100 if kpi.unit is Unit.PERCENT else self.value), SOURCE)


def name_of(kpi: str, version: int) -> str:
    return f"{kpi}@{version}"


def goal(kpi: Kpi, text: str) -> tuple[Goal | None, tuple[Text, ...]]:
    """From what somebody wrote, with a decimal comma or point; or everything that is wrong with it."""
    wrong = tuple(_wrong(kpi, text))
    return (None, wrong) if wrong else (Goal(kpi.id, kpi.version, Decimal(text.replace(",", "."))), ())


def _wrong(kpi: Kpi, text: str) -> Iterator[Text]:
    if not NUMBER.fullmatch(text):
        yield Text(f"{text!r} không phải là số; viết 85 hay 85,5", f"{text!r} is no number; write 85 or 85,5")
        return
    value, most = Decimal(text.replace(",", ".")), MOST.get(kpi.unit, Decimal(getattr(kpi.formula, "most", "Infinity")))
    if not 0 <= value <= most:
        yield Text(f"mục tiêu từ 0 đến {most}", f"a goal is from 0 to {most}")

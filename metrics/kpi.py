"""What a KPI is: a frozen value that says everything about one definition, and says it once.

From it derive the SQL, the board's tile, the documentation and, later, the Grafana panel, alert rule and digest line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from metrics.measure import Measure
from metrics.predicate import Predicate
from metrics.words import Text


@dataclass(frozen=True, slots=True)
class Total:
    """The measure summed over the period; with `services`, only where the service was such on the counted day."""

    measure: Measure
    services: Predicate | None = None


@dataclass(frozen=True, slots=True)
class ServicesInForce:
    """Services of the catalogue in force and such on the period's last day: the whole province's, always."""

    services: Predicate


@dataclass(frozen=True, slots=True)
class ServicesWith:
    """Of `ServicesInForce`, those for which the measure is above zero in the period."""

    measure: Measure
    services: Predicate


Term = Total | ServicesInForce | ServicesWith


@dataclass(frozen=True, slots=True)
class Count:
    """A plain number."""

    part: Term


@dataclass(frozen=True, slots=True)
class Ratio:
    """Divided last, from counts; an empty whole gives no value."""

    part: Term
    whole: Term


Formula = Count | Ratio


class Better(StrEnum):
    """Which direction is good news."""

    HIGHER = "higher"
    LOWER = "lower"


class Unit(StrEnum):
    """How the value is displayed."""

    PERCENT = "percent"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Source:
    """The regulation or publication that a definition comes from, and from when to when it holds."""

    act: str
    in_force: tuple[date | None, date | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Kpi:
    """One definition. Another formula is another version beside this one, never an edit.

    `freshness` is the number of seconds after which the figure is stale: shown grey, never as live.
    """

    id: str
    version: int
    family: str
    title: Text
    formula: Formula
    better: Better
    source: Source
    owner: str
    freshness: int = 900

    @property
    def unit(self) -> Unit:
        return Unit.PERCENT if isinstance(self.formula, Ratio) else Unit.COUNT

    def terms(self) -> Iterator[Term]:
        yield self.formula.part
        if isinstance(self.formula, Ratio):
            yield self.formula.whole

    def dimensions(self) -> frozenset[str]:
        """The drill-downs that make sense: those whose column every measure of it has."""
        return frozenset({"agency", "procedure", "channel"}) if self.of_dossiers else frozenset({"agency"})

    @property
    def of_dossiers(self) -> bool:
        terms = [term for term in self.terms() if not isinstance(term, ServicesInForce)]
        return all(term.measure.facts.table == "dossier" for term in terms)

"""What a KPI is: a frozen value that says everything about one definition, and says it once.

From it derive the SQL, the board's tile, the documentation and, later, the Grafana panel, alert rule and digest line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from metrics.formula import Count, Formula, Grades, Points, Ratio, Score, terms
from metrics.measure import PLACES, stream_of
from metrics.terms import COUNTED, Counted, Petitions, ServicesInForce, Term
from metrics.unit import Unit
from metrics.words import Text

__all__ = [
    "Better",
    "Count",
    "Counted",
    "Family",
    "Kpi",
    "Points",
    "Ratio",
    "Score",
    "Source",
    "Target",
    "Term",
    "Trust",
]


class Better(StrEnum):
    """Which direction is good news."""

    HIGHER = "higher"
    LOWER = "lower"

    def met(self, value: float | Fraction, aim: float | Fraction) -> bool:
        """Whether a value is as good as what it is to reach."""
        return value >= aim if self is Better.HIGHER else value <= aim


class Trust(StrEnum):
    """How sure it is that the source says this."""

    CONTRACT = "contract"
    LAW = "law"  # the text of the act was read
    GOVERNMENT = "government"  # a government page or the press
    CODE = "code"  # the code of a provincial system in use
    RECONSTRUCTED = "reconstructed"  # checked against the national portal's answers
    UNVERIFIED = "unverified"  # nobody could confirm it: shown so


TRUSTED = {
    Trust.CONTRACT: Text("quy ước dữ liệu của nhip", "nhip's data contract"),
    Trust.LAW: Text("đã đọc văn bản", "text of the act read"),
    Trust.GOVERNMENT: Text("trang tin chính quyền, báo chí", "government page or press"),
    Trust.CODE: Text("theo mã phần mềm một cửa đang dùng", "code of a one-stop system in use"),
    Trust.RECONSTRUCTED: Text("dựng lại, đã đối chiếu Cổng quốc gia", "reconstructed, checked against the portal"),
    Trust.UNVERIFIED: Text("chưa kiểm chứng", "unverified"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """The regulation or publication that a definition comes from, and from when to when it holds (both included)."""

    act: str
    in_force: tuple[date | None, date | None] = (None, None)
    trust: Trust = Trust.CONTRACT

    def holds(self, first: date, last: date) -> bool:
        """Whether it was in force on some day of that span."""
        begins, ends = self.in_force
        return (begins is None or begins <= last) and (ends is None or first <= ends)


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure should reach, in the unit of its value (0.8 for 80 %), and who says so."""

    value: float
    source: Source


@dataclass(frozen=True, slots=True)
class Family:
    """Definitions that belong together: one regulation's, one form's."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True)
class Kpi:
    """One definition. Another formula is another version beside this one, never an edit.

    `freshness` is the number of seconds after which the figure is stale: shown grey, never as live.
    `note` says what it leaves out or reads differently.
    """

    id: str
    version: int
    family: Family
    title: Text
    formula: Formula
    better: Better
    source: Source
    owner: str = "Sở Thông tin và Truyền thông"
    freshness: int = 900
    target: Target | None = None
    note: Text | None = None

    @property
    def unit(self) -> Unit:
        return self.formula.unit

    def terms(self) -> Iterator[Term]:
        """What it is made of; of a rate the part, then the whole."""
        return terms(self.formula)

    @property
    def of_cells(self) -> bool:
        """Whether cells hold all it needs; else it is judged from the facts when it is asked for."""
        return all(isinstance(term, (*COUNTED, ServicesInForce)) for term in self.terms())

    @property
    def has_dossiers(self) -> bool:
        """Whether the dossiers behind it can be listed: of a score or a rest there are none, nor of the portal."""
        if not self.dimensions() or isinstance(self.formula, Score | Grades) or getattr(self.formula, "rest", False):
            return False
        return not all(isinstance(t, (ServicesInForce, Petitions)) for t in self.terms())

    def dimensions(self) -> frozenset[str]:
        """The drill-downs that make sense: those whose column every measure of it has."""
        counted = [term.measure for term in self.terms() if isinstance(term, COUNTED)]
        places = PLACES.intersection(*(stream_of(measure).places for measure in counted))
        return places - {"channel"} if self.of_petitions else places

    @property
    def of_petitions(self) -> bool:
        """Whether it counts petitions, too."""
        return any(isinstance(term, Petitions) for term in self.terms())

    @property
    def of_dossiers(self) -> bool:
        counted = [term for term in self.terms() if isinstance(term, COUNTED)]
        return all(term.measure.facts.table == "dossier" for term in counted)

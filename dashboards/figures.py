"""KPIs of a period: asked of the store, divided last, shown as officials print them."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.question import DIMENSIONS, question, services_on_last_day
from dashboards.relations import Basis
from dashboards.store import ask
from dashboards.tree import AgencyVersion, below
from metrics.catalogue import CATALOGUE
from metrics.display import display
from metrics.errors import Misconfigured
from metrics.kpi import Kpi, Ratio, ServicesInForce, Term
from metrics.period import Period

UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked: a period, an agency with all below it (or the province), and a dimension to list by."""

    period: Period
    agency: str | None = None
    by: str | None = None

    def __post_init__(self) -> None:
        if self.by not in {None, *DIMENSIONS}:
            raise Misconfigured([f"by: write one of {', '.join(DIMENSIONS)}"])


@dataclass(frozen=True, slots=True)
class Reading:
    """What a KPI read for a scope; `key` is the agency, procedure or channel of a list's row."""

    kpi: Kpi
    scope: Scope
    key: str | None
    numerator: int
    denominator: int | None

    @property
    def value(self) -> float | None:
        if self.denominator is None:
            return self.numerator
        return self.numerator / self.denominator if self.denominator else None

    @property
    def display(self) -> str:
        return display(self.numerator, self.denominator, ratio=isinstance(self.kpi.formula, Ratio))

    def json(self) -> dict[str, Any]:
        places: dict[str, str | None] = {"agency": self.scope.agency, "procedure": None, "channel": None}
        if self.scope.by is not None:
            places[self.scope.by] = self.key
        return {
            "kpi": self.kpi.id,
            "version": self.kpi.version,
            "period": self.scope.period.name,
            **places,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "value": self.value,
            "display": self.display,
        }


def kpi(client: Client, scope: Scope, *, kpis: Sequence[Kpi] = CATALOGUE, basis: Basis = Basis.CELLS) -> list[Reading]:
    """Every KPI of the scope, in the catalogue's order; a list's rows are ordered by key."""
    asked = [each for each in kpis if scope.by is None or scope.by in each.dimensions()]
    numbers = _numbers(client, scope, {term for each in asked for term in each.terms()}, basis)
    return [reading for each in asked for reading in _readings(each, scope, numbers)]


Numbers = Mapping[Term, Mapping[str, int]]
"""For each term, its number by key; the key of a figure that is not listed by anything is the empty text."""


def _numbers(client: Client, scope: Scope, terms: AbstractSet[Term], basis: Basis) -> Numbers:
    parameters: dict[str, Any] = {"first": scope.period.first, "last": scope.period.last}
    counted = [term for term in terms if not isinstance(term, ServicesInForce)]
    some = scope.agency is not None
    if scope.agency is not None:
        parameters["agencies"] = agencies_below(client, scope.agency, scope.period)
    rows = ask(client, question(counted, basis, scope.by, some_agencies=some), **parameters)
    numbers: dict[Term, dict[str, int]] = {
        term: {row[0]: int(row[1 + place]) for row in rows} for place, term in enumerate(counted)
    }
    for term in terms:
        if isinstance(term, ServicesInForce):
            first, last = scope.period.first, scope.period.last
            listed = ask(client, services_on_last_day(term.services), first=first, last=last)
            numbers[term] = {procedure: 1 for (procedure,) in listed}
    return numbers


def agencies_below(client: Client, agency: str, period: Period) -> list[str]:
    """As the tree stood on the period's last day."""
    rows = ask(client, "SELECT agency, valid_from, parent FROM agency FINAL")
    return below(agency, (AgencyVersion(*row) for row in rows), period.last)


def _readings(kpi: Kpi, scope: Scope, numbers: Numbers) -> Iterator[Reading]:
    parts = [numbers[term] for term in kpi.terms()]
    for key in _keys(kpi, scope, numbers):
        counts = [_at(term, scope, part, key) for term, part in zip(kpi.terms(), parts, strict=True)]
        if scope.by is None or any(counts):
            yield Reading(kpi, scope, key or UNKNOWN, counts[0], counts[1] if len(counts) > 1 else None)


def _keys(kpi: Kpi, scope: Scope, numbers: Numbers) -> list[str]:
    """A list of services has each service that the whole counts; other lists have whoever counts something."""
    if scope.by is None:
        return [""]
    wholes = [term for term in kpi.terms() if isinstance(term, ServicesInForce)]
    listed = wholes if wholes and scope.by == "procedure" else list(kpi.terms())
    keys = {key for term in listed if scope.by == "procedure" or term not in wholes for key in numbers[term]}
    return sorted(keys - {""} if scope.by == "agency" else keys)


def _at(term: Term, scope: Scope, numbers: Mapping[str, int], key: str) -> int:
    """The services in force are the whole province's, but for one service it is one."""
    if isinstance(term, ServicesInForce) and scope.by != "procedure":
        return len(numbers)
    return numbers.get(key, 0)

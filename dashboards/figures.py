"""KPIs of a period: asked of the store, divided last, shown as officials print them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.by_day import Key
from dashboards.judged import judged
from dashboards.kinds import of_kind, on
from dashboards.question import DIMENSIONS, days
from dashboards.relations import Basis, relation
from dashboards.store import ask
from dashboards.totals import Summing, totals
from dashboards.tree import AgencyVersion, below
from metrics.catalogue import CATALOGUE, FAMILIES, USUAL
from metrics.display import display, steps
from metrics.errors import Misconfigured
from metrics.formula import Number, pair, value
from metrics.kpi import Kpi
from metrics.period import Period
from metrics.terms import COUNTED, JUDGED, Counted, ServicesInForce, Term, absent

KEYS: Mapping[str | None, Key] = MappingProxyType({None: Key("agency", lambda _: ""), "agency": Key("agency", str)})
"""What is listed by nothing, or by agency, can be added up from the daybook."""
UNKNOWN = "?"
EVERY = "all"


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked: a period, an agency with all below it (or the province), and a dimension to list by."""

    period: Period
    agency: str | None = None
    by: str | None = None

    @property
    def places(self) -> frozenset[str]:
        """What a KPI has to have, to be asked for this."""
        return frozenset({"agency"} if self.agency is not None else ()) | frozenset(filter(None, (self.by,)))

    def __post_init__(self) -> None:
        if self.by not in {None, *DIMENSIONS}:
            raise Misconfigured([f"by: write one of {', '.join(DIMENSIONS)}"])


@dataclass(frozen=True, slots=True)
class Reading:
    """What a KPI read for a scope; `key` is the agency, procedure or channel of a list's row.

    Counts are whole numbers; a sum of spans is in seconds; a score's numerator is its points.
    """

    kpi: Kpi
    scope: Scope
    key: str | None
    numerator: Number | None
    denominator: Number | None

    @property
    def value(self) -> float | None:
        return value(self.kpi.formula, self.numerator, self.denominator)

    @property
    def steps(self) -> int | None:
        """The value as displayed, in units of its last decimal."""
        return steps(self.kpi.formula, self.numerator, self.denominator)

    @property
    def display(self) -> str:
        return display(self.kpi.formula, self.numerator, self.denominator)

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


def kpi(
    client: Client, scope: Scope, *, kpis: Sequence[Kpi] | None = None, basis: Basis = Basis.CELLS
) -> list[Reading]:
    """Every KPI of the scope, in the catalogue's order; a list's rows are ordered by key.

    Without `kpis` the usual ones; others are asked for by their family.
    """
    asked = [each for each in (USUAL if kpis is None else kpis) if each.dimensions() >= scope.places]
    numbers = _numbers(client, scope, asked, basis)
    return [reading for each in asked for reading in _readings(each, scope, numbers)]


def in_force(period: Period, family: str | None = None) -> list[Kpi]:
    """The definitions that hold on some day of the period: all of them, or a family's."""
    held = (each for each in CATALOGUE if each.source.holds(period.first, period.last))
    return [each for each in held if family in {None, each.family.id}]


def of_families(period: Period, family: str | None) -> Sequence[Kpi]:
    """What a list shows: the usual definitions, a family's, or with `all` every one in force in the period."""
    known_family(family)
    return USUAL if family is None else in_force(period, None if family == EVERY else family)


def known_family(family: str | None) -> None:
    """Misconfigured where there is no such family."""
    if family not in {None, EVERY, *(each.id for each in FAMILIES)}:
        raise Misconfigured([f"family: one of {', '.join(each.id for each in FAMILIES)}, or {EVERY}"])


Numbers = Mapping[Term, Mapping[str, Number]]
"""For each term, its number by key; the key of a figure that is not listed by anything is the empty text."""


def _numbers(client: Client, scope: Scope, asked: Sequence[Kpi], basis: Basis) -> Numbers:
    agencies = None if scope.agency is None else agencies_below(client, scope.agency, scope.period)
    terms = dict.fromkeys(term for each in asked for term in each.terms())
    numbers: dict[Term, Mapping[str, Number]] = {}
    numbers |= _summed(client, scope, [term for term in terms if isinstance(term, COUNTED)], basis, agencies)
    facts = [term for term in terms if isinstance(term, JUDGED)]
    numbers |= judged(client, facts, [scope.period], scope.by, agencies)[0]
    for term in terms:
        if isinstance(term, ServicesInForce):
            numbers[term] = _in_force(client, term, scope)
    return numbers


def services_in_force(client: Client, term: ServicesInForce, period: Period) -> Number:
    """How many there are in the province."""
    return _in_force(client, term, Scope(period))[""]


def _in_force(client: Client, term: ServicesInForce, scope: Scope) -> dict[str, Number]:
    """One for each service where they are listed, else how many there are."""
    services = on(of_kind(client, term.services), scope.period.last)
    return dict.fromkeys(services, 1) if scope.by == "procedure" else {"": len(services)}


def _summed(
    client: Client, scope: Scope, terms: Sequence[Counted], basis: Basis, agencies: list[str] | None
) -> Numbers:
    if not terms:
        return {}
    parameters: dict[str, Any] = {"first": scope.period.first, "last": scope.period.last}
    if agencies is not None:
        parameters["agencies"] = agencies
    rows = relation(basis, days(some_agencies=agencies is not None))
    by_day = KEYS.get(scope.by) if basis is Basis.CELLS else None
    return totals(client, terms, Summing(rows, scope.by or "''", by_day=by_day), parameters)


def agencies_below(client: Client, agency: str, period: Period) -> list[str]:
    """As the tree stood on the period's last day."""
    rows = ask(client, "SELECT agency, valid_from, parent FROM agency FINAL")
    return below(agency, (AgencyVersion(*row) for row in rows), period.last)


def _readings(kpi: Kpi, scope: Scope, numbers: Numbers) -> Iterator[Reading]:
    terms = tuple(kpi.terms())
    found = [numbers[term] for term in terms]  # looked up once, since a term is long to hash
    for key in _keys(kpi, scope, numbers):
        counts = [_at(term, scope, its, key) for term, its in zip(terms, found, strict=True)]
        if scope.by is None or any(counts):
            both = pair(kpi.formula, lambda term, counts=counts: counts[terms.index(term)])  # type: ignore[misc]
            yield Reading(kpi, scope, key or UNKNOWN, *both)


def _keys(kpi: Kpi, scope: Scope, numbers: Numbers) -> list[str]:
    """A list of services has each service that the whole counts; other lists have whoever counts something."""
    if scope.by is None:
        return [""]
    wholes = [term for term in kpi.terms() if isinstance(term, ServicesInForce)]
    listed = wholes if wholes and scope.by == "procedure" else list(kpi.terms())
    keys = {key for term in listed if scope.by == "procedure" or term not in wholes for key in numbers[term]}
    return sorted(keys - {""} if scope.by == "agency" else keys)


def _at(term: Term, scope: Scope, numbers: Mapping[str, Number], key: str) -> Number | None:
    """The services in force are the whole province's, but for one service it is one. A quantile of none is none."""
    if isinstance(term, ServicesInForce) and scope.by != "procedure":
        return numbers[""]
    return numbers.get(key, absent(term))

"""What formulas are made of: each term is a number for a period, an agency, a procedure, a channel.

`Total` and `ServicesWith` are summed from cells. The others are *judged*: asked of the facts, dossier by dossier, with
the period's edges in the condition, since "open at the end of the period" belongs to no day of its own.
"""

from dataclasses import dataclass

from metrics.measure import Measure
from metrics.predicate import Predicate


@dataclass(frozen=True, slots=True)
class Total:
    """The measure summed over the period; with `services`, only where the service was such on the counted day."""

    measure: Measure
    services: Predicate | None = None


@dataclass(frozen=True, slots=True)
class ServicesWith:
    """Of `ServicesInForce`, those for which the measure is above zero in the period."""

    measure: Measure
    services: Predicate


@dataclass(frozen=True, slots=True)
class ServicesInForce:
    """Services of the catalogue in force and such on the period's last day: the whole province's, always."""

    services: Predicate


@dataclass(frozen=True, slots=True)
class Dossiers:
    """Dossiers for which the condition holds."""

    where: Predicate


@dataclass(frozen=True, slots=True)
class Sum:
    """A number of each such dossier, summed: seconds, requests."""

    field: str
    where: Predicate


@dataclass(frozen=True, slots=True)
class Quantile:
    """The value that this share of such dossiers does not exceed (an exact one, not an estimate)."""

    field: str
    share: float
    where: Predicate


@dataclass(frozen=True, slots=True)
class ServicesJudged:
    """Of `ServicesInForce`, those with at least one such dossier."""

    where: Predicate
    services: Predicate


@dataclass(frozen=True, slots=True)
class Petitions:
    """Petitions for which the condition holds; no number at all as long as no petition is known."""

    where: Predicate


Counted = Total | ServicesWith
COUNTED = (Total, ServicesWith)
Judged = Dossiers | Sum | Quantile | ServicesJudged | Petitions
JUDGED = (Dossiers, Sum, Quantile, ServicesJudged, Petitions)
Term = Counted | ServicesInForce | Judged


def absent(term: Term) -> int | None:
    """The number where nothing was counted: none, or unknown."""
    return None if isinstance(term, (Quantile, Petitions)) else 0

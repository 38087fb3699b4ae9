"""Which figures can be set beside the portal's: those that look at nothing but what an export carries.

What is summed from cells is judged from the dossiers here, so that a dossier can be replaced by what the portal says.
The course of a dossier (steps, supplements) is known here alone and is taken as it is here on both sides.
"""

import re

from metrics.catalogue import DERIVED
from metrics.course import TRAIL
from metrics.entity import DOSSIER_FACTS
from metrics.fields import SERVICE, needed
from metrics.kpi import Kpi
from metrics.measure import DOSSIER_STREAM
from metrics.national.classes import COMPARED
from metrics.predicate import All, Predicate, Within, fields
from metrics.terms import (
    Dossiers,
    Judged,
    Petitions,
    Quantile,
    ServicesInForce,
    ServicesJudged,
    ServicesWith,
    Sum,
    Term,
    Total,
)

CARRIED = frozenset({*COMPARED, "dossier", "supplements"})
"""The columns of the facts that a figure to compare may look at."""
SHARED = {SERVICE.name, TRAIL.name}
"""What it may be set beside: the catalogue, and the course as it is here."""


def comparable(kpi: Kpi) -> bool:
    """What only counts the catalogue is the same on both sides."""
    terms = list(kpi.terms())
    return all(map(_carried, terms)) and not all(isinstance(term, ServicesInForce) for term in terms)


def as_judged(term: Term) -> Judged | ServicesInForce:
    """The same number, asked dossier by dossier; ValueError where that cannot be said."""
    match term:
        case Total(measure, None) if measure.facts is DOSSIER_FACTS:
            return Dossiers(All((Within(measure.dated_by), measure.where)))
        case Total(measure, services) if _by_reception(term) and services is not None:
            return Dossiers(All((Within(measure.dated_by), measure.where, services)))
        case ServicesWith(measure, services) if measure.facts is DOSSIER_FACTS:
            return ServicesJudged(All((Within(measure.dated_by), measure.where)), services)
        case Dossiers() | Sum() | Quantile() | Petitions() | ServicesJudged() | ServicesInForce():
            return term
    msg = f"{term} counts something else than dossiers"
    raise ValueError(msg)


def _by_reception(term: Total) -> bool:
    """What the catalogue says of a dossier's service is said of the day of its reception."""
    return term.measure.facts is DOSSIER_STREAM.facts and term.measure.dated_by == "received_at"


def _carried(term: Term) -> bool:
    """A quantile of parts says nothing of the whole, so it is left out."""
    try:
        asked = as_judged(term)
    except ValueError:
        return False
    match asked:
        case ServicesInForce():
            return True
        case Quantile() | Petitions():
            return False
        case Dossiers(where) | ServicesJudged(where):
            return _looked_at(where) <= CARRIED
        case Sum(field, where):
            return _looked_at(where, field) <= CARRIED


def _looked_at(where: Predicate, *also: str) -> set[str]:
    """Columns of the facts, through derived fields, too; and what else is joined, by name."""
    names = {*fields(where), *also}
    derived = list(needed(names, DERIVED))
    words = {word for one in derived for word in re.findall(r"\w+", one.sql)}
    joined = {one.join.name for one in derived if one.join is not None} - SHARED
    return ((names | words) & set(DOSSIER_FACTS.columns)) | joined

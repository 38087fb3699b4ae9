"""Predicates over one thing (a dossier, a payment, a service). Plain values: what they mean is said in readings/.

A comparison with an unknown field is false, and its negation is true: two-valued logic, as an official counts.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """The field carries a value."""

    field: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """The field carries one of these codes."""

    field: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotAfter:
    """One moment is at or before the other; false where either is unknown."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; an empty one always does."""

    parts: tuple["Predicate", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds; an empty one never does."""

    parts: tuple["Predicate", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The inner one does not hold."""

    inner: "Predicate"


Predicate = Known | OneOf | NotAfter | All | Either | Not

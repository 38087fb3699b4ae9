"""Predicates over one thing (a dossier, a payment, a service). Plain values: what they mean is said in readings/.

A comparison with an unknown field is false, and its negation is true: two-valued logic, as an official counts.
"""

from dataclasses import dataclass
from typing import assert_never


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
class Before:
    """One moment is earlier than the other; false where either is unknown."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Within:
    """The moment lies in the period that is asked for."""

    field: str


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The number is that large or larger; false where it is unknown."""

    field: str
    number: int


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


Predicate = Known | OneOf | NotAfter | Before | Within | AtLeast | All | Either | Not

OPENS, CLOSES = "opens", "closes"
"""The period's edges as fields: its first moment, and the first one after it."""


def fields(predicate: Predicate) -> frozenset[str]:
    """Every field it looks at."""
    match predicate:
        case Known(field) | OneOf(field, _) | AtLeast(field, _):
            return frozenset({field})
        case Within(field):
            return frozenset({field, OPENS, CLOSES})
        case NotAfter(first, second) | Before(first, second):
            return frozenset({first, second})
        case All(parts) | Either(parts):
            return frozenset().union(*map(fields, parts))
        case Not(inner):
            return fields(inner)
        case _:
            assert_never(predicate)

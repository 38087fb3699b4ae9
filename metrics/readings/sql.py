"""Predicates as ClickHouse SQL: the reading that facts are counted with.

`ifNull(…, 0)` is the subtle part: in SQL a comparison with NULL is NULL and so is its negation.
"""

from typing import assert_never

from metrics.predicate import (
    CLOSES,
    OPENS,
    All,
    AtLeast,
    Before,
    Either,
    Known,
    Not,
    NotAfter,
    OneOf,
    Predicate,
    Within,
)


def sql(predicate: Predicate) -> str:
    """A condition that is 0 or 1, never NULL. Fields and codes come from declarations, not from users."""
    match predicate:
        case Known(field):
            return f"({field} IS NOT NULL)"
        case OneOf(field, codes):
            return f"ifNull({field} IN ({', '.join(map(text, codes))}), 0)"
        case NotAfter(first, second):
            return f"ifNull({first} <= {second}, 0)"
        case Before(first, second):
            return f"ifNull({first} < {second}, 0)"
        case Within(field):
            return sql(All((NotAfter(OPENS, field), Before(field, CLOSES))))
        case AtLeast(field, number):
            return f"ifNull({field} >= {number}, 0)"
        case All(parts):
            return "(" + " AND ".join(["1", *map(sql, parts)]) + ")"
        case Either(parts):
            return "(" + " OR ".join(["0", *map(sql, parts)]) + ")"
        case Not(inner):
            return f"(NOT {sql(inner)})"
        case _:
            assert_never(predicate)


def text(value: str) -> str:
    """A string literal."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"

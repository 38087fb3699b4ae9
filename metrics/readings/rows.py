"""Predicates as Polars expressions: the reading that the fold counts with."""

from typing import assert_never

import polars as pl

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


def rows(predicate: Predicate) -> pl.Expr:
    """A boolean expression without nulls."""
    match predicate:
        case Known(field):
            return pl.col(field).is_not_null()
        case OneOf(field, codes):
            return pl.col(field).is_in(list(codes)).fill_null(value=False)
        case NotAfter(first, second):
            return (pl.col(first) <= pl.col(second)).fill_null(value=False)
        case Before(first, second):
            return (pl.col(first) < pl.col(second)).fill_null(value=False)
        case Within(field):
            return rows(All((NotAfter(OPENS, field), Before(field, CLOSES))))
        case AtLeast(field, number):
            return (pl.col(field) >= number).fill_null(value=False)
        case All(parts):
            return pl.all_horizontal(pl.lit(value=True), *(rows(part) for part in parts))
        case Either(parts):
            return pl.any_horizontal(pl.lit(value=False), *(rows(part) for part in parts))
        case Not(inner):
            return ~rows(inner)
        case _:
            assert_never(predicate)

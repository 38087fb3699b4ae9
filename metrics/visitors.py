"""How many visitors there were, estimated from marks that are too short to know anybody by: HyperLogLog.

A visitor's mark is one of some thousand registers and a rank, both from a hash that nobody can compute again once its
salt is gone. Sets of marks are merged by union, so no line that is read again changes an estimate, nor does the order
or the place in which lines were read. Estimator: Ertl, "New cardinality estimation algorithms for HyperLogLog
sketches" (2017), algorithm 6: without bias from none to billions.
"""

import math
from collections.abc import Callable

import polars as pl

REGISTER_BITS, RANK_BITS = 12, 6
REGISTERS = 1 << REGISTER_BITS
RANKS = 64 - REGISTER_BITS + 1
"""The highest rank, of a hash that is nothing but zeros; the lowest is 1."""

ERROR = 1.04 / math.sqrt(REGISTERS)
"""Relative standard error: two of three estimates are nearer than this, 19 of 20 nearer than twice this."""


def mark(hashed: int) -> int:
    """Of a hash of 64 bits: register and rank as one number."""
    register, rest = hashed % REGISTERS, hashed >> REGISTER_BITS
    return register << RANK_BITS | (RANKS - rest.bit_length())


def estimates(marked: pl.DataFrame) -> pl.DataFrame:
    """With a column `visitors` beside `used`, `halves` and `full`: of each row, how many left such marks.

    `used` registers have a rank, the highest that was left in them; `halves` is the sum of 2^-rank over those below
    `RANKS`, and `full` of them have that one.
    """
    sigma = _looked_up(marked["used"], lambda used: _sigma(1 - used / REGISTERS))
    tau = _looked_up(marked["full"], lambda full: _tau(1 - full / REGISTERS))
    inverse = pl.col("halves") + REGISTERS * (tau * 2.0 ** (1 - RANKS) + sigma)
    found = REGISTERS**2 / (2 * math.log(2) * inverse)
    return marked.with_columns(visitors=pl.when(inverse == 0).then(2.0**64).otherwise(found))


def _looked_up(numbers: pl.Series, of: Callable[[int], float]) -> pl.Series:
    """There are many rows and few different numbers."""
    different = numbers.unique()
    found = pl.Series([of(number) for number in different], dtype=pl.Float64)
    return numbers.replace_strict(different, found, return_dtype=pl.Float64)


def _sigma(share: float) -> float:
    """Of registers that are empty. Without end where all are."""
    if share == 1:
        return math.inf
    found, before, weight = share, -1.0, 1.0
    while found != before:
        share, before = share * share, found
        found, weight = found + share * weight, 2 * weight
    return found


def _tau(share: float) -> float:
    """Of registers that are not full."""
    if share in {0, 1}:
        return 0.0
    found, before, weight = 1 - share, -1.0, 1.0
    while found != before:
        share, before, weight = math.sqrt(share), found, weight / 2
        found -= (1 - share) ** 2 * weight
    return found / 3

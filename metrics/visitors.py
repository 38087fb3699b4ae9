"""How many visitors there were, estimated from marks that are too short to know anybody by: HyperLogLog.

A visitor's mark is one of some thousand registers and a rank, both from a hash that nobody can compute again once its
salt is gone. Sets of marks are merged by union, so no line that is read again changes an estimate, nor does the order
or the place in which lines were read. Estimator: Ertl, "New cardinality estimation algorithms for HyperLogLog
sketches" (2017), algorithm 6: without bias from none to billions.
"""

import math
from collections.abc import Mapping

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


def estimate(highest: Mapping[int, int]) -> float:
    """How many visitors left these marks: how many registers have each highest rank; those without any are left out."""
    empty = REGISTERS - sum(highest.values())
    inverse = REGISTERS * _tau(1 - highest.get(RANKS, 0) / REGISTERS)
    for rank in range(RANKS - 1, 0, -1):
        inverse = (inverse + highest.get(rank, 0)) / 2
    inverse += REGISTERS * _sigma(empty / REGISTERS)
    return REGISTERS**2 / (2 * math.log(2) * inverse) if inverse else 2.0**64


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

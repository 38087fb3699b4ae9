"""Estimates of visitors against exact counts."""

import math
from collections import Counter
from random import Random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.visitors import ERROR, RANK_BITS, RANKS, REGISTERS, estimates, mark

SEEDS = 25


def highest(marks):
    """The naive way: each register by itself."""
    registers = {}
    for one in marks:
        register, rank = divmod(one, 1 << RANK_BITS)
        registers[register] = max(rank, registers.get(register, 0))
    return Counter(registers.values())


def estimate(highest):
    """Of how many registers have each rank."""
    halves = sum(number / 2**rank for rank, number in highest.items() if rank < RANKS)
    marked = {"used": [sum(highest.values())], "halves": [float(halves)], "full": [highest.get(RANKS, 0)]}
    (found,) = estimates(pl.DataFrame(marked))["visitors"]
    return found


@pytest.mark.parametrize("visitors", [1, 10, 100, 1_000, 3_000, 10_000, 40_000])
def test_estimates_are_as_near_as_is_said(visitors):
    """From a handful through what fills half of the registers to ten times as many; always with the same chance."""
    chance = Random(visitors)
    errors = []
    for _ in range(SEEDS):
        marks = {mark(chance.getrandbits(64)) for _ in range(visitors)}
        errors.append(estimate(highest(marks)) / visitors - 1)
    assert max(map(abs, errors)) <= 3.5 * ERROR + 0.5 / visitors
    assert math.sqrt(sum(error**2 for error in errors) / SEEDS) <= 1.3 * ERROR
    assert abs(sum(errors) / SEEDS) <= 3 * ERROR / math.sqrt(SEEDS)


def test_nobody_is_nobody():
    assert estimate({}) == 0


@given(st.integers(0, 2**64 - 1))
def test_a_mark_is_a_register_and_the_place_of_the_first_one(hashed):
    register, rank = divmod(mark(hashed), 1 << RANK_BITS)
    assert register == hashed % REGISTERS
    written = f"{hashed // REGISTERS:0{RANKS - 1}b}"
    assert rank == (written.index("1") + 1 if "1" in written else RANKS)


def test_registers_that_are_full_are_still_a_number():
    for rank in (RANKS, RANKS - 1):
        assert 2**60 < estimate({rank: REGISTERS}) <= 2**64

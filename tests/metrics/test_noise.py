"""When a difference is called real, against the textbook in floating point and against many throws of dice."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.noise import FEWEST, Difference, of_counts, of_rates

WHOLE = st.integers(1, 5_000)


def textbook(part, whole, then_part, then_whole) -> float:
    """How likely chance alone makes at least such a difference of two proportions."""
    rate = (part + then_part) / (whole + then_whole)
    spread = math.sqrt(rate * (1 - rate) * (1 / whole + 1 / then_whole))
    return math.erfc(abs(part / whole - then_part / then_whole) / spread / math.sqrt(2))


@given(WHOLE, WHOLE, st.data())
def test_rates_differ_where_the_textbook_says_so(whole, then_whole, data):
    part, then_part = data.draw(st.integers(0, whole)), data.draw(st.integers(0, then_whole))
    found = of_rates(part, whole, then_part, then_whole)
    rate = (part + then_part) / (whole + then_whole)
    if min(whole, then_whole) < FEWEST or min(whole, then_whole) * min(rate, 1 - rate) < 5 - 1e-9:
        assert found is Difference.TOO_FEW
    elif abs((likely := textbook(part, whole, then_part, then_whole)) - 0.01) > 1e-5:
        assert found is (Difference.REAL if likely < 0.01 else Difference.CHANCE)


@given(WHOLE, WHOLE)
def test_both_sides_are_treated_alike(number, then):
    assert of_counts(number, 7, then, 7) is of_counts(then, 7, number, 7)
    assert of_rates(number, number + then, then, number + then) is of_rates(then, number + then, number, number + then)


def test_chance_alone_is_called_real_once_in_a_hundred_times():
    dice = random.Random(1)

    def week() -> int:
        return sum(dice.random() < 0.9 for _ in range(400))

    real = sum(of_rates(week(), 400, week(), 400) is Difference.REAL for _ in range(2_000))
    assert real < 40


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ((95, 100), (90, 100), Difference.CHANCE),
        ((950, 1000), (900, 1000), Difference.REAL),
        ((3, 3), (0, 3), Difference.TOO_FEW),
        ((0, 0), (0, 0), Difference.TOO_FEW),
        ((1000, 1000), (999, 1000), Difference.TOO_FEW),
    ],
)
def test_small_numbers_prove_nothing(one, other, said):
    assert of_rates(*one, *other) is said


def test_a_longer_month_has_more_dossiers_and_that_is_nothing():
    assert of_counts(3_100, 31, 2_800, 28) is Difference.CHANCE
    assert of_counts(3_100, 31, 2_000, 28) is Difference.REAL
    assert of_counts(12, 7, 9, 7) is Difference.TOO_FEW

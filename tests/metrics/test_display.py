"""Numbers as officials print them."""

from decimal import ROUND_DOWN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.display import count, display, percent


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (45646, 91919, "49,6 %"),  # rounding would give 49,7
        (1745, 3377, "51,6 %"),  # rounding would give 51,7
        (29, 100, "29,0 %"),  # 0.29 * 100 is 28.999… in binary
        (999, 1000, "99,9 %"),
        (9999, 10000, "99,9 %"),
        (7, 7, "100,0 %"),
        (0, 3, "0,0 %"),
    ],
)
def test_percentages_are_cut_to_one_decimal(part, whole, shown):
    assert percent(part, whole) == shown


@given(st.integers(0, 10**12), st.integers(1, 10**12))
def test_percentages_never_round_up(part, whole):
    part = min(part, whole)
    exact = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_DOWN)
    assert percent(part, whole) == str(exact).replace(".", ",") + " %"


@pytest.mark.parametrize(("number", "shown"), [(0, "0"), (999, "999"), (1547, "1.547"), (1234567, "1.234.567")])
def test_counts_have_a_thousands_point(number, shown):
    assert count(number) == shown


def test_a_ratio_over_nothing_is_shown_as_nothing():
    assert display(0, 0, ratio=True) == "–"
    assert display(0, None, ratio=False) == "0"

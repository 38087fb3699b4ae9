"""Numbers as officials print them."""

from decimal import ROUND_DOWN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.display import count, display, percent
from metrics.formula import Count, Points, Ratio, Score, pair
from metrics.predicate import Known
from metrics.terms import Dossiers
from metrics.unit import Unit

SOME, OTHER = Dossiers(Known("due_at")), Dossiers(Known("channel"))
RATE, NUMBER = Ratio(SOME, SOME), Count(SOME)


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
    assert display(RATE, 0, 0) == "–"
    assert display(NUMBER, 0, None) == "0"


def test_spans_and_points_are_cut_too():
    days = Ratio(SOME, SOME, Unit.WORKING_DAYS)
    assert display(days, 3 * 28800 - 1, 1) == "2,9 ngày làm việc"
    assert display(Points(SOME, SOME, most=2, full_at=0.8), 9, 10) == "2,00 điểm"
    assert display(Points(SOME, SOME, most=6, empty=6), 0, 0) == "6,00 điểm"
    assert display(Count(SOME, Unit.HOURS), None, None) == "–"


@given(st.integers(1, 400), st.integers(1, 10**8))
def test_points_are_cut_and_never_lifted_over_a_cent(cents, whole):
    """The largest part that is still below so many cents; a score of two such indicators likewise."""
    part = (cents * whole - 1) // 400
    points = Points(SOME, OTHER, most=4)
    assert display(points, part, whole) == cut(400 * part // whole)
    score = Score((points, points), most=8)
    assert display(score, *pair(score, {SOME: part, OTHER: whole}.__getitem__)) == cut(800 * part // whole)


def cut(cents):
    return f"{cents // 100},{cents % 100:02} điểm"


def test_published_points():
    """Bến Tre 2022: 538 of 1,431 services, 45,646 of 91,919 dossiers."""
    assert display(Points(SOME, SOME, most=4), 538, 1431) == "1,50 điểm"
    assert display(Points(SOME, SOME, most=6, full_at=0.5), 45646, 91919) == "5,95 điểm"


def test_a_score_adds_what_has_a_value():
    numbers = {SOME: 1, OTHER: 0}
    parts = (Points(SOME, SOME, most=4), Points(OTHER, OTHER, most=2), Points(SOME, OTHER, most=6, empty=1))
    assert pair(Score(parts, most=12), numbers.__getitem__) == (5, None)
    assert pair(Score(parts[1:2], most=12), numbers.__getitem__) == (None, None)

"""How many more it takes, against trying one after the other."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from metrics.formula import Count, Points, Ratio, Score, value
from metrics.kpi import Better
from metrics.predicate import Known
from metrics.terms import Dossiers
from metrics.unit import Unit
from metrics.what_if import lifted, what_if

PART, WHOLE = Dossiers(Known("due_at")), Dossiers(Known("channel"))
RATE = Ratio(PART, WHOLE)
SHARE = Points(PART, WHOLE, most=6, full_at=0.5)
HIGHER, LOWER = Better.HIGHER, Better.LOWER


def tried(reaches, most):
    return next((k for k in range(most + 1) if reaches(k)), None)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 100), st.booleans())
def test_fewest_by_trying(numerator, more, percent, points):
    denominator = numerator + more
    formula = SHARE if points else RATE
    target = Fraction(percent, 100) * (6 if points else 1)
    found = what_if(formula, HIGHER, numerator, denominator, target)

    def at_least(n, d):
        return d > 0 and (Fraction(n, d) / (Fraction(1, 2) if points else 1)) * (6 if points else 1) >= target

    assert found.converted == tried(lambda k: at_least(numerator + k, denominator), denominator - numerator)
    assert found.added == tried(lambda k: at_least(numerator + k, denominator + k), 6000)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 100))
def test_where_less_is_better_the_fewest_that_no_longer_count(numerator, more, percent):
    denominator = numerator + more
    found = what_if(RATE, LOWER, numerator, denominator, Fraction(percent, 100))

    def at_most(n, d):
        return d > 0 and Fraction(n, d) <= Fraction(percent, 100)

    assert found.converted == tried(lambda k: at_most(numerator - k, denominator), numerator)
    assert found.added == tried(lambda k: at_most(numerator, denominator + k), 6000)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 40))
def test_what_lifts_points_by_some(numerator, more, tenths):
    denominator = numerator + more
    by, now = Fraction(tenths, 10), min(Fraction(6), Fraction(12 * numerator, denominator)) if denominator else None
    found = lifted(SHARE, numerator, denominator, by)
    if now in {None, 6}:
        assert found is None
        return
    aim = min(now + by, 6)
    assert found.target == aim
    assert found.converted == tried(lambda k: Fraction(12 * (numerator + k), denominator) >= aim, more)
    assert found.added == tried(lambda k: Fraction(12 * (numerator + k), denominator + k) >= aim, 6000)


def test_as_the_board_says_it():
    """Bến Tre 2022: 45,646 of 91,919 online; half of all gives the six points."""
    found = what_if(SHARE, HIGHER, 45646, 91919, Fraction(6))
    assert (found.converted, found.added) == (314, 627)
    assert value(SHARE, 45646 + 314, 91919) == 6
    assert value(SHARE, 45646 + 313, 91919) < 6
    assert lifted(SHARE, 45646, 91919, Fraction(1, 2)) == found  # less than half a point is missing


def test_late_dossiers():
    """5 of 100 late; 2 % asks for three fewer, or 150 more that are not late."""
    found = what_if(RATE, LOWER, 5, 100, Fraction(2, 100))
    assert (found.converted, found.added) == (3, 150)
    assert what_if(RATE, LOWER, 5, 100, Fraction(0)).added is None


def test_over_nothing():
    assert what_if(RATE, HIGHER, 0, 0, Fraction(1, 2)).converted is None
    zero = Points(PART, WHOLE, most=6, empty=6)
    assert (what_if(zero, HIGHER, 0, 0, Fraction(6)).converted, what_if(zero, HIGHER, 0, 0, Fraction(6)).added) == (
        0,
        0,
    )
    assert lifted(zero, 0, 0, Fraction(1)) is None


def test_what_no_rate_reaches():
    assert what_if(RATE, HIGHER, 1, 2, Fraction(11, 10)) is None
    assert what_if(SHARE, HIGHER, 1, 2, Fraction(7)) is None
    assert what_if(Count(PART), HIGHER, 1, 0, Fraction(1)) is None
    assert what_if(Score((SHARE,), 6), HIGHER, 1, 0, Fraction(1)) is None
    assert what_if(Ratio(PART, WHOLE, Unit.HOURS), HIGHER, 1, 2, Fraction(1)) is None

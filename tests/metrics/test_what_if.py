"""How many more it takes, against trying one after the other."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from metrics.formula import Count, Points, Ratio, Score, value
from metrics.predicate import Known
from metrics.terms import Dossiers
from metrics.unit import Unit
from metrics.what_if import what_if

PART, WHOLE = Dossiers(Known("due_at")), Dossiers(Known("channel"))
RATE = Ratio(PART, WHOLE)
SHARE = Points(PART, WHOLE, most=6, full_at=0.5)


def tried(reaches, most):
    return next((k for k in range(most + 1) if reaches(k)), None)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 100), st.booleans())
def test_fewest_by_trying(numerator, more, percent, points):
    denominator = numerator + more
    formula = SHARE if points else RATE
    target = Fraction(percent, 100) * (6 if points else 1)
    found = what_if(formula, numerator, denominator, target)

    def at_least(n, d):
        return d > 0 and (Fraction(n, d) / (Fraction(1, 2) if points else 1)) * (6 if points else 1) >= target

    assert found.converted == tried(lambda k: at_least(numerator + k, denominator), denominator - numerator)
    assert found.added == tried(lambda k: at_least(numerator + k, denominator + k), 6000)


def test_as_the_board_says_it():
    """Bến Tre 2022: 45,646 of 91,919 online; half of all gives the six points."""
    found = what_if(SHARE, 45646, 91919, Fraction(6))
    assert (found.converted, found.added) == (314, 627)
    assert value(SHARE, 45646 + 314, 91919) == 6
    assert value(SHARE, 45646 + 313, 91919) < 6


def test_what_no_rate_reaches():
    assert what_if(RATE, 1, 2, Fraction(11, 10)) is None
    assert what_if(SHARE, 1, 2, Fraction(7)) is None
    assert what_if(Count(PART), 1, 0, Fraction(1)) is None
    assert what_if(Score((SHARE,), 6), 1, 0, Fraction(1)) is None
    assert what_if(Ratio(PART, WHOLE, Unit.HOURS), 1, 2, Fraction(1)) is None

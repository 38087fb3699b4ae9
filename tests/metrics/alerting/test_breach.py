"""Above 1 exactly where the threshold says that its limit is broken."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from metrics.alerting.alert import Seen, Sight, State
from metrics.alerting.breach import MOST, breach_ratio, levels
from metrics.alerting.threshold import Direction, Level, Threshold

LIMITS = st.decimals(-100, 100, places=2)
PARTS = st.integers(-1000, 1000)
WHOLES = st.integers(1, 10**9)


def threshold(direction, act, warn=None, least=0):
    return Threshold("x", 1, direction, act, warn, least=least, hold=timedelta(0))


@given(st.sampled_from(Direction), LIMITS, PARTS, WHOLES)
def test_it_is_above_1_exactly_beyond_the_limit(direction, limit, part, whole):
    for value in (Fraction(part, whole), Fraction(limit), Fraction(limit) + Fraction(1, whole)):
        ratio = breach_ratio(threshold(direction, limit), Level.ACT, Seen("2026", value), State())
        beyond = value < Fraction(limit) if direction is Direction.BELOW else value > Fraction(limit)
        assert (ratio > 1) == beyond
        assert 0 <= ratio <= MOST


def test_few_cases_are_inside_and_what_is_dark_stays_as_it_is():
    wanted = threshold(Direction.BELOW, Decimal(90), Decimal(95), least=20)
    few = Seen("2026", Fraction(1), whole=Fraction(3))
    assert breach_ratio(wanted, Level.ACT, few, State()) == 0
    dark, open_ = Seen(away=Sight.NO_DATA), State(level=Level.WARN)
    assert breach_ratio(wanted, Level.WARN, dark, open_) > 1
    assert breach_ratio(wanted, Level.ACT, dark, open_) == 0
    assert breach_ratio(wanted, Level.WARN, dark, State()) == 0


def test_each_level_has_its_own_limit():
    wanted = threshold(Direction.BELOW, Decimal(90), Decimal(95))
    seen = Seen("2026", Fraction(92), whole=Fraction(100))
    assert [breach_ratio(wanted, level, seen, State()) > 1 for level in levels(wanted)] == [True, False]
    assert levels(threshold(Direction.ABOVE, Decimal(3))) == (Level.ACT,)

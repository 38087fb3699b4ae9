"""What may be set as a threshold, and how it is said."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.alerting.refusal import Known, refusals, unreasoned
from metrics.alerting.said import threshold, words
from metrics.alerting.threshold import Direction, Level, Measured

RATE, COUNT = "online_submission_rate", "payment_transactions"
KNOWN = Known(agencies=("H07", "H07.1"), tiers=("so", "xa"), recipients=("soc",))


def problems(**said: str) -> list[str]:
    wanted, found = threshold({name.replace("_", "-"): value for name, value in said.items()})
    return [text.en for text in (found if wanted is None else refusals(wanted, KNOWN))]


@pytest.mark.parametrize(
    "said",
    [
        {"kpi": RATE, "below": "95,5"},
        {"kpi": RATE, "below": "95.5 %", "warn": "97", "agency": "H07", "least": "20", "to": "soc"},
        {"kpi": RATE, "drop": "10", "tier": "xa"},
        {"kpi": COUNT, "above": "0"},
        {"kpi": "overdue", "above": "5", "agency": "H07.1", "office-hours": "yes"},
        {"kpi": "data_age", "above": "0,5"},
        {"kpi": "dead_letter_share", "above": "1", "least": "1000"},
    ],
)
def test_these_are_fine(said):
    wanted, found = threshold(said)
    assert wanted is not None, found
    assert list(refusals(wanted, KNOWN)) == []
    assert threshold(words(wanted)) == (wanted, ())


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"kpi": "speed", "below": "5"}, "no such KPI"),
        ({"kpi": RATE}, "give one of"),
        ({"kpi": RATE, "below": "5", "above": "9"}, "give one of"),
        ({"kpi": RATE, "below": "101"}, "from 0 to 100"),
        ({"kpi": RATE, "below": "0"}, "ever be beyond"),
        ({"kpi": RATE, "above": "100"}, "ever be beyond"),
        ({"kpi": RATE, "below": "many"}, "write a number"),
        ({"kpi": RATE, "below": "-5"}, "write a number"),
        ({"kpi": COUNT, "above": "1.547"}, "whole number"),
        ({"kpi": COUNT, "below": "0"}, "ever be beyond"),
        ({"kpi": COUNT, "below": "5", "least": "9"}, "for rates"),
        ({"kpi": RATE, "below": "90", "warn": "80"}, "reached before"),
        ({"kpi": RATE, "above": "90", "warn": "95"}, "reached before"),
        ({"kpi": RATE, "below": "95", "back": "6"}, "never be over"),
        ({"kpi": RATE, "below": "95", "agency": "H99"}, "no such agency"),
        ({"kpi": RATE, "below": "95", "agency": "H07", "tier": "xa"}, "not both"),
        ({"kpi": RATE, "below": "95", "tier": "village"}, "no such tier"),
        ({"kpi": RATE, "below": "95", "over": "decade"}, "period has to be"),
        ({"kpi": RATE, "below": "95", "to": "mayor"}, "no such group"),
        ({"kpi": RATE, "below": "95", "for": "99999"}, "0 to 7 days"),
        ({"kpi": "drift", "above": "0", "agency": "H07"}, "whole province only"),
        ({"kpi": "overdue", "drop": "5"}, "only a KPI"),
        ({"kpi": RATE, "drop": "0"}, "more than 0"),
        ({"kpi": "data_age", "above": "72", "over": "month"}, "period has to be"),
    ],
)
def test_these_are_refused_with_the_reason(said, reason):
    assert any(reason in problem for problem in problems(**said)), problems(**said)


def test_two_limits_that_leave_no_good_value_are_refused():
    low, _ = threshold({"kpi": RATE, "below": "80"})
    assert low is not None
    high, _ = threshold({"kpi": RATE, "above": "70"})
    assert high is not None
    fine, _ = threshold({"kpi": RATE, "above": "80"})
    assert fine is not None
    assert [text.en for text in refusals(high, Known(others=(low,)))] == [
        f"contradicts {low.id}: every value would be beyond one of them"
    ]
    assert list(refusals(fine, Known(others=(low,)))) == []


@given(st.dictionaries(st.sampled_from(["kpi", "below", "above", "drop", "warn", "least", "for", "back", "over", "to"]),
                       st.text(max_size=8) | st.sampled_from([RATE, COUNT, "5", "95,5", "200", "day"])))  # fmt: skip
def test_any_words_are_read_or_refused(said):
    wanted, found = threshold(said)
    assert (wanted is None) == bool(found)
    if wanted is not None:
        list(refusals(wanted, KNOWN))


def test_a_drop_is_a_change_below():
    wanted, _ = threshold({"kpi": RATE, "drop": "10", "warn": "5"})
    assert wanted is not None
    assert (wanted.measured, wanted.direction, wanted.over) == (Measured.CHANGE, Direction.BELOW, "day")
    levels = [wanted.reached(Fraction(points)) for points in (3, -5, -6, -10, -11)]
    assert levels == [Level.NONE, Level.NONE, Level.WARN, Level.WARN, Level.ACT]


def test_a_limit_is_held_against_the_exact_value():
    """In binary fractions 7/100 of a hundred is a little more than 7."""
    wanted, _ = threshold({"kpi": RATE, "above": "7"})
    assert wanted is not None
    assert wanted.act == Decimal(7)
    assert wanted.reached(Fraction(7 * 100, 100)) is Level.NONE


@pytest.mark.parametrize(
    ("why", "said"),
    [(" ", "say why"), ("x" * 501, "longer than"), ("theo ông Nguyễn Văn A", "a person's name"),
     ("gọi 0912345678", "a telephone"),
     ("Nghị quyết 03-NQ/TU ngày 25/10/2021", None)],
)  # fmt: skip
def test_a_reason_is_said_and_names_nobody(why, said):
    found = [problem.en for problem in unreasoned(why)]
    assert (found == []) if said is None else any(said in each for each in found)

"""Periods in civil time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.spans import after, before, form, year_before
from metrics.errors import Misconfigured
from metrics.months import BY_KIND, OTHERS
from metrics.period import EVERY_FORM, containing, parse

days = st.dates(date(1901, 1, 8), date(2297, 12, 24))
inside = st.dates(date(1903, 1, 1), date(2295, 12, 31))
"""Days whose periods of every form, and those beside them, the calendar holds."""


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022-Q1", date(2022, 1, 1), date(2022, 3, 31)),
        ("2022-Q4", date(2022, 10, 1), date(2022, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-12", date(2022, 12, 1), date(2022, 12, 31)),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
        ("2025-W01", date(2024, 12, 30), date(2025, 1, 5)),
        ("2022-06-15", date(2022, 6, 15), date(2022, 6, 15)),
        ("2022-H1", date(2022, 1, 1), date(2022, 6, 30)),
        ("2022-H2", date(2022, 7, 1), date(2022, 12, 31)),
        ("2022-9M", date(2022, 1, 1), date(2022, 9, 30)),
        ("2022-BC06", date(2022, 5, 15), date(2022, 6, 14)),
        ("2022-BC01", date(2021, 12, 15), date(2022, 1, 14)),
        ("2022-BC03", date(2022, 2, 15), date(2022, 3, 14)),
        ("2022-BCQ3", date(2022, 6, 15), date(2022, 9, 14)),
        ("2022-BCQ1", date(2021, 12, 15), date(2022, 3, 14)),
        ("2022-BCH1", date(2021, 12, 15), date(2022, 6, 14)),
        ("2022-BCH2", date(2022, 6, 15), date(2022, 12, 14)),
        ("2022-BC9M", date(2021, 12, 15), date(2022, 9, 14)),
        ("2022-BC", date(2021, 12, 15), date(2022, 12, 14)),
    ],
)
def test_a_name_says_its_days(name, first, last):
    period = parse(name)
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    "name",
    [
        "2022-BC13",
        "2022-BC00",
        "2022-BCQ5",
        "2022-H3",
        "2022-BC6",
        "2022-bc06",
        "2022-Q0",
        "",
        "22",
        "2022-13",
        "2022-Q5",
        "2021-W53",
        "2022-W00",
        "2022-02-30",
        "2022-6",
        " 2022",
        "2022\n",
        "٢٠٢٢",
        "1900",
    ],
)
def test_what_is_no_period_is_refused_with_the_forms_there_are(name):
    with pytest.raises(Misconfigured, match="2022-W23"):
        parse(name)


@given(days)
def test_every_day_lies_in_one_period_of_each_length(day):
    periods = containing(day)
    assert [len(period.name) for period in periods] == [10, 8, 7, 7, 4]
    assert all(period.first <= day <= period.last for period in periods)
    assert all(parse(period.name) == period for period in periods)


@given(days)
def test_periods_of_one_length_follow_without_gap(day):
    for period in containing(day):
        after = period.last + timedelta(days=1)
        following = next(p for p in containing(after) if len(p.name) == len(period.name) and "Q" not in p.name)
        if "Q" not in period.name:
            assert following.first == after


@given(inside, st.sampled_from([each for each in OTHERS if each.months != 9]))
def test_reporting_periods_and_halves_cover_the_calendar(day, kind):
    """The day lies in the one that is named after it; its months are told by a look at the calendar."""
    period = parse(kind.name(day))
    assert period.first <= day <= period.last
    assert kind.name(period.first) == kind.name(period.last) == period.name
    assert form(period) == kind.kind
    assert period.first.day == (15 if kind.reports else 1)
    assert (period.last + timedelta(days=1)).day == period.first.day
    months = {((day + timedelta(days=17 if kind.reports and day.day >= 15 else 0)).month - 1) // kind.months}
    ending = period.last.month - 1
    assert months == {ending // kind.months}


@given(inside, st.sampled_from(sorted(EVERY_FORM)))
def test_the_period_before_the_one_after_is_the_period(day, kind):
    period = parse(EVERY_FORM[kind](day))
    following = after(period)
    assert before(following) == period
    assert following.first > period.last
    if kind in BY_KIND and BY_KIND[kind].whole_year:
        assert following.first == period.last + timedelta(days=1)


def test_nine_months_follow_each_other_by_years():
    assert (after(parse("2022-BC9M")).name, before(parse("2022-9M")).name) == ("2023-BC9M", "2021-9M")
    assert year_before(parse("2022-BCQ3")).name == "2021-BCQ3"


@given(inside, st.sampled_from([each for each in BY_KIND.values() if each.months == 9]))
def test_the_last_three_months_are_in_no_nine(day, kind):
    period = parse(kind.name(day))
    assert (kind.number(day) == kind.number(period.first)) == (period.first <= day <= period.last)

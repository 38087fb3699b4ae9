"""Periods in civil time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.errors import Misconfigured
from metrics.period import containing, parse

days = st.dates(date(1901, 1, 8), date(2297, 12, 24))


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
    ],
)
def test_a_name_says_its_days(name, first, last):
    period = parse(name)
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    "name",
    ["", "22", "2022-13", "2022-Q5", "2021-W53", "2022-W00", "2022-02-30", "2022-6", " 2022", "2022\n", "٢٠٢٢", "1900"],
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

"""Where figures stop being comparable."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.breaks import REFORM, Break, Why, between, definition, parts, sentence, within
from metrics.catalogue import CATALOGUE
from metrics.kpi import Source
from metrics.period import parse

days = st.dates(date(2025, 5, 1), date(2025, 9, 1))


def defined(first, last):
    return replace(CATALOGUE[0], source=Source("QĐ thử", (first, last)))


@pytest.mark.parametrize(
    ("one", "other", "broken"),
    [
        ("2024-06", "2025-06", False),
        ("2025-06", "2025-07", True),
        ("2025-07", "2025-06", True),
        ("2025-06-30", "2025-07-01", True),
        ("2025-07-01", "2025-07-02", False),
        ("2024", "2025", True),  # the year 2025 is itself made of two parts
        ("2025", "2025", True),
        ("2025-07", "2026-07", False),
        ("2025-W26", "2025-W28", True),
        ("2025-Q3", "2026-Q3", False),
    ],
)
def test_the_reform_lies_between_30_june_and_1_july_2025(one, other, broken):
    found = between(parse(one), parse(other))
    assert found == ((Break(REFORM, Why.REFORM),) if broken else ())


def test_a_definition_breaks_on_its_first_day_and_after_its_last():
    kpi = defined(date(2022, 6, 23), date(2026, 6, 30))
    assert definition(kpi) == (
        Break(date(2022, 6, 23), Why.DEFINITION),
        Break(date(2026, 7, 1), Why.DEFINITION),
    )
    assert between(parse("2021-06"), parse("2022-06"), kpi) == (Break(date(2022, 6, 23), Why.DEFINITION),)
    assert between(parse("2026-06"), parse("2026-07"), kpi) == (Break(date(2026, 7, 1), Why.DEFINITION),)
    assert between(parse("2022-07"), parse("2023-07"), kpi) == ()
    assert definition(defined(None, None)) == ()


def test_what_is_said_instead_of_a_difference():
    unit = [Break(date(2025, 7, 1), Why.UNIT_ENDED)]
    said = sentence(between(parse("2025-06"), parse("2025-07"), unit=unit))
    assert said.vi == "không so sánh được: sắp xếp đơn vị hành chính 1/7/2025; đơn vị không còn từ 1/7/2025"
    assert said.en == "not comparable: the administrative reform of 1/7/2025; the agency was no more from 1/7/2025"


@given(days, days, days, days, st.lists(days, max_size=3))
def test_a_break_lies_between_two_days_of_the_span(first, last, begun, ended, unit):
    """Naively: walk from each day to the next and see whether one of the turns is crossed."""
    crossed = set()
    day = first
    while day < last:
        day += timedelta(days=1)
        crossed |= {(REFORM, Why.REFORM)} if day == REFORM else set()
        crossed |= {(day, Why.DEFINITION)} if day in (begun, ended + timedelta(days=1)) else set()
        crossed |= {(day, Why.UNIT_ENDED)} if day in unit else set()
    found = within(first, last, defined(begun, ended), [Break(day, Why.UNIT_ENDED) for day in unit])
    assert {(each.day, each.why) for each in found} == crossed
    assert list(found) == sorted(found, key=lambda each: each.day)


@given(days, days)
def test_the_parts_of_a_period_are_its_days_each_once_and_nothing_breaks_one(one, other):
    kpi = defined(date(2025, 6, 23), date(2025, 7, 31))
    whole = replace(parse("2025"), first=min(one, other), last=max(one, other))
    found = parts(whole, kpi)
    assert (found[0].first, found[-1].last) == (whole.first, whole.last)
    assert all(then.last + timedelta(days=1) == now.first for then, now in pairwise(found))
    assert all(within(each.first, each.last, kpi) == () for each in found)
    assert len(found) == 1 + len({each.day for each in within(whole.first, whole.last, kpi)})

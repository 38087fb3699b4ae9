"""How many agencies reach a target and who rose or fell, against a count by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.agencies import unknown
from dashboards.figures import Reading, Scope
from dashboards.league import FEWEST, League, Row
from dashboards.tally import Group, only, tally, target_of
from metrics.catalogue import CATALOGUE
from metrics.kpi import Better
from metrics.period import parse

BY_ID = {each.id: each for each in CATALOGUE}
NOW, BEFORE = parse("2027-06"), parse("2026-06")
counts = st.integers(0, 40).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))
pairs = st.lists(st.tuples(counts, st.one_of(st.none(), counts)), max_size=12)
RATES = st.sampled_from(("on_time_resolution", "reappointed_share"))


def row(number, kpi, now, before, periods=(NOW, BEFORE)):
    now_in, then_in = (Scope(each, by="agency") for each in periods)
    earlier = None if before is None else Reading(kpi, then_in, str(number), *before)
    return Row(unknown(f"A{number}"), Reading(kpi, now_in, str(number), *now), earlier, None)


def league(kpi, told):
    return League(kpi, NOW, None, tuple(row(n, kpi, now, before) for n, (now, before) in enumerate(told)))


@given(RATES, pairs, st.sampled_from((0.0, 20.0, 57.5, 80.0, 100.0)))
def test_each_agency_is_in_one_group_of_both_kinds(name, told, target):
    kpi = BY_ID[name]
    found = tally(league(kpi, told), target)
    enough = [now for now, _ in told if now[1] >= FEWEST]
    rates = [Fraction(100 * part, whole) for part, whole in enough]
    aim = Fraction(target)
    good = sum(rate >= aim if kpi.better is Better.HIGHER else rate <= aim for rate in rates)
    assert (found[Group.REACHED], found[Group.MISSED], found[Group.FEW]) == (
        good, len(enough) - good, len(told) - len(enough),
    )  # fmt: skip
    moved = [
        now[0] * 1000 // now[1] - before[0] * 1000 // before[1]  # tenths of a percent, cut as they are printed
        for now, before in told
        if before and now[1] >= FEWEST and before[1] >= FEWEST
    ]
    rose, fell = sum(steps > 0 for steps in moved), sum(steps < 0 for steps in moved)
    assert (found[Group.ROSE], found[Group.FELL], found[Group.SAME]) == (rose, fell, len(moved) - rose - fell)
    assert found[Group.APART] == len(told) - len(moved)
    for group in Group:
        assert len(only(league(kpi, told), group, target).rows) == found[group]


def test_a_rate_just_below_is_below_and_an_equal_one_is_there():
    kpi = BY_ID["on_time_resolution"]
    found = tally(league(kpi, [((8, 10), None), ((7999, 10000), None), ((57, 100), None)]), 80)
    assert (found[Group.REACHED], found[Group.MISSED]) == (1, 2)
    assert tally(league(kpi, [((57, 100), None)]), 57)[Group.REACHED] == 1  # 0.57 · 100 is not 57 in binary


def test_nobody_rises_or_falls_across_the_reform():
    kpi = BY_ID["on_time_resolution"]
    for year, group in ((2025, Group.APART), (2026, Group.ROSE)):
        one = row(1, kpi, (9, 10), (5, 10), (parse(f"{year + 1}-06"), parse(f"{year}-06")))
        assert tally(League(kpi, NOW, None, (one,)), 80)[group] == 1


@pytest.mark.parametrize(
    ("name", "usual"), [("on_time_resolution", 80), ("reappointed_share", None), ("payment_transactions", None)]
)
def test_eighty_percent_is_a_target_of_rates_that_should_be_high(name, usual):
    assert target_of(BY_ID[name]) == usual
    assert target_of(BY_ID[name], 60) == 60
    if usual is None:
        assert Group.REACHED not in tally(league(BY_ID[name], []), usual)

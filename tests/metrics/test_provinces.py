"""The reform of 1 July 2025 as data, against what another package says of it."""

from datetime import date

import pytest
from vietnam_provinces import Province as Theirs
from vietnam_provinces import Ward

from metrics.breaks import REFORM
from metrics.provinces import PROVINCES, SUCCESSOR, named

BEFORE = date(2025, 6, 30)


def test_63_became_34():
    merged = [each for province in PROVINCES for each in province.merged]
    assert (len(PROVINCES), len(merged)) == (34, 63)
    assert len({code for code, _ in merged}) == len({name for _, name in merged}) == 63
    assert sum(len(province.merged) == 1 for province in PROVINCES) == 11
    assert sum(len(province.merged) == 3 for province in PROVINCES) == 6


def test_names_and_codes_are_those_of_the_package():
    theirs = {f"{each.code:02d}": each.name.removeprefix("Thành phố ") for each in Theirs.iter_all()}
    assert {each.code: each.name for each in PROVINCES} == theirs


@pytest.mark.parametrize(
    ("before", "code", "today", "communes"),
    [
        ("Bến Tre", "86", "Vĩnh Long", 124),
        ("Hà Nam", "37", "Ninh Bình", 129),
        ("Điện Biên", "11", "Điện Biên", 45),
        ("Đồng Tháp", "82", "Đồng Tháp", 102),
        ("Hậu Giang", "92", "Cần Thơ", 103),
    ],
)
def test_where_the_provinces_of_the_articles_are_today(before, code, today, communes):
    province = SUCCESSOR[before]
    assert (province.code, province.name) == (code, today)
    assert sum(f"{each.province_code:02d}" == code for each in Ward.iter_all()) == communes


def test_a_code_means_something_only_with_a_day():
    assert (named("82", BEFORE), named("82", REFORM)) == ("Tiền Giang", "Đồng Tháp")
    assert (named("87", BEFORE), named("87", REFORM)) == ("Đồng Tháp", None)
    assert named("11", BEFORE) == named("11", REFORM) == "Điện Biên"

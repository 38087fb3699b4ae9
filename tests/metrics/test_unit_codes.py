"""Codes of agencies in three formats."""

import uuid
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.errors import Rejected
from metrics.unit_codes import Alias, Directory, UnitCode, ambiguous, parse

tops = st.builds("{}{:02d}".format, st.sampled_from("AGHY"), st.integers(0, 99))
two = st.integers(1, 99).map("{:02d}".format)
three = st.integers(1, 999).map("{:03d}".format)
old = st.one_of(
    st.tuples(tops), st.tuples(tops, two), st.tuples(tops, two, two), st.tuples(tops, two, two, three)
).map(UnitCode)  # fmt: skip
groups = st.text("0123456789ABZ", min_size=1, max_size=4)
new = st.builds(lambda top, below: UnitCode((top, *below)), tops, st.lists(groups, max_size=5))
pool = st.builds(UnitCode, st.lists(st.sampled_from(("1", "14", "01")), max_size=3).map(lambda below: ("H56", *below)))


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("H56", "H56"),
        ("H56.14", "H56.14"),
        ("000.00.00.H56", "H56"),
        ("000.00.14.H56", "H56.14"),
        ("000.14.00.H56", "H56.14"),  # a level left out
        ("000.17.22.H56", "H56.22.17"),
        ("001.17.22.H56", "H56.22.17.001"),
    ],
)
def test_both_formats_say_the_same_path(written, means):
    assert parse(written).new == means


@pytest.mark.parametrize(
    "written",
    [
        *("", "H5", "h56", "Z56", "H56.", ".H56", "H56..14", "H56.a", "H56.14\n", "H56 14", "H56" + ".123" * 9),
        *("00.14.00.H56", "000.14.00.Z56"),
    ],
)
def test_what_is_no_code(written):
    with pytest.raises(Rejected):
        parse(written)


@given(new)
def test_a_new_code_comes_back_as_it_was(code):
    if len(code.new) <= 35:
        assert parse(code.new) == code
    else:
        with pytest.raises(Rejected):
            parse(code.new)


@given(old)
def test_a_code_goes_through_the_legacy_format_and_back(code):
    assert code.legacy is not None
    assert len(code.legacy) == len("000.00.00.H56")
    assert parse(code.legacy) == code
    assert parse(code.legacy).legacy == code.legacy


@given(new)
def test_a_legacy_code_is_never_another_agency(code):
    """Whatever does not fit into the old format is not bent until it does."""
    assert code.legacy is None or parse(code.legacy) == code


@given(pool, pool)
def test_whole_groups_decide_what_is_below(one, other):
    """Naively: walk up from one, a group at a time, until the other is met."""
    path, met = list(one.groups), False
    while path:
        met = met or path == list(other.groups)
        path.pop()
    assert one.within(other) == met
    assert not parse("H56.14").within(parse("H56.1"))


UUID = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
TAX = Alias("H56.14", UUID)
ALIASES = [
    TAX,
    Alias("H56.14", "Sở Tài chính"),
    Alias("H56.20", "000.00.14.H56", date(2026, 1, 1)),
    Alias("H56.31", "Phường Hạc Thành", date(2025, 7, 1)),
    Alias("H56.12", "Phường Hạc Thành", None, date(2025, 6, 30)),
]


@pytest.mark.parametrize(
    ("written", "day", "agency"),
    [
        (UUID, date(2026, 1, 1), "H56.14"),
        (UUID.replace("-", "").upper(), date(2026, 1, 1), "H56.14"),
        ("  sở  TÀI chính ", date(2026, 1, 1), "H56.14"),
        ("Phường Hạc Thành", date(2025, 6, 30), "H56.12"),
        ("Phường Hạc Thành", date(2025, 7, 1), "H56.31"),
        ("000.00.14.H56", date(2025, 12, 31), "H56.14"),
        ("000.00.14.H56", date(2026, 1, 1), "H56.20"),  # what the table says comes before what the rule says
        ("Sở Nội vụ", date(2026, 1, 1), None),
        (str(uuid.UUID(int=1)), date(2026, 1, 1), None),
    ],
)
def test_an_agency_by_any_of_its_names(written, day, agency):
    assert Directory(ALIASES).find(written, day) == agency


def test_two_agencies_of_one_name_are_told_and_never_guessed():
    double = Alias("H56.99", "SỞ tài chính", date(2026, 1, 1))
    assert list(ambiguous(ALIASES)) == []
    assert list(ambiguous([*ALIASES, double])) == [(ALIASES[1], double)]
    assert Directory([*ALIASES, double]).find("Sở Tài chính", date(2026, 2, 1)) is None
    assert Directory([*ALIASES, double]).find("Sở Tài chính", date(2025, 2, 1)) == "H56.14"

"""The agency tree is what the catalogue says of parents, and nothing else."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dashboards.tree import AgencyVersion, below

EVER = date(1900, 1, 1)
codes = st.sampled_from(["H56", "H56.1", "H56.14", "A", "B", "C"])
versions = st.lists(st.builds(AgencyVersion, codes, st.dates(date(2020, 1, 1), date(2022, 1, 1)), st.none() | codes))


def test_the_code_says_nothing_about_the_place_in_the_tree():
    tree = [
        AgencyVersion("H56.1", EVER, None),
        AgencyVersion("H56.14", EVER, "H56.1"),
        AgencyVersion("X", EVER, "H56.1"),
    ]
    assert below("H56.1", tree, date(2022, 1, 1)) == ["H56.1", "H56.14", "X"]
    assert below("H56.14", tree, date(2022, 1, 1)) == ["H56.14"]


def test_an_agency_that_moved_is_below_its_parent_of_the_day():
    moved = [AgencyVersion("A", EVER, "OLD"), AgencyVersion("A", date(2025, 7, 1), "NEW")]
    assert below("OLD", moved, date(2025, 6, 30)) == ["A", "OLD"]
    assert below("OLD", moved, date(2025, 7, 1)) == ["OLD"]
    assert below("NEW", moved, date(2025, 7, 1)) == ["A", "NEW"]


def test_an_agency_described_only_from_later_on_is_taken_as_it_will_be():
    assert below("P", [AgencyVersion("A", date(2025, 1, 1), "P")], date(2022, 1, 1)) == ["A", "P"]


@given(codes, versions)
def test_circles_end_and_the_root_is_always_inside(root, tree):
    found = below(root, tree, date(2021, 1, 1))
    assert root in found
    assert len(found) == len(set(found))

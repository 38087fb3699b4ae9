"""Who took over from whom."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.breaks import Break, Why
from metrics.succession import Life, Link, lives, origin, problems, turns

D = date(2025, 7, 1)
EVE = date(2025, 6, 30)
KNOWN = {name: Life() for name in "ABCDE"}


def link(predecessor, successor, share="1", day=D):
    return Link(predecessor, successor, day, Decimal(share))


def told(*links, known=KNOWN):
    return list(problems([(f"dòng {n}", each) for n, each in enumerate(links, 2)], known))


def test_good_links_have_no_problems():
    split = [link("A", "B", "0.4"), link("A", "C", "0.6"), link("B", "D", day=date(2026, 1, 1)), link("C", "D")]
    assert told(*split) == []


@pytest.mark.parametrize(
    ("links", "said"),
    [
        ([link("A", "B", "0")], "dòng 2: share 0 is not above 0 and up to 1"),
        ([link("A", "B", "-0.1")], "dòng 2: share -0.1 is not"),
        ([link("A", "B", "1.01")], "A: its shares add up to 1.01"),
        ([link("A", "A")], "dòng 2: A cannot succeed itself"),
        ([link("A", "X")], "dòng 2: X is not in the catalogue"),
        ([link("A", "B", "0.7"), link("A", "C", "0.4")], "A: its shares add up to 1.1, more than 1"),
        ([link("A", "B", "0.5"), link("A", "B", "0.5")], "dòng 3: says the same link as dòng 2"),
        ([link("A", "B"), link("B", "C"), link("C", "A")], "a circle: A → B → C → A"),
    ],
)
def test_what_is_wrong_with_links(links, said):
    assert any(problem.startswith(said) for problem in told(*links)), told(*links)


def test_every_problem_is_listed():
    assert len(told(link("X", "Y", "2"), link("A", "B"), link("B", "A"))) == 5  # share, X, Y, sum, circle


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (Life(None, EVE), Life(D, None), None),
        (Life(D, None), Life(), "A begins on 2025-07-01, not before"),
        (Life(None, date(2025, 5, 1)), Life(), "A already ended on 2025-05-01"),
        (Life(None, D), Life(), "A goes over whole on 2025-07-01 but is in force until 2025-07-01"),
        (Life(), Life(date(2025, 7, 2), None), "B begins only on 2025-07-02"),
        (Life(), Life(None, EVE), "B already ended on 2025-06-30"),
    ],
)
def test_the_days_have_to_agree_with_the_catalogue(before, after, said):
    found = told(link("A", "B"), known={"A": before, "B": after})
    assert (found == []) if said is None else (len(found) == 1 and said in found[0]), found


def test_a_part_may_go_while_the_rest_goes_on():
    assert told(link("A", "B", "0.3"), known={"A": Life(), "B": Life(D, None)}) == []


def test_the_life_of_an_agency_is_that_of_all_its_versions():
    versions = [
        ("A", date(2025, 7, 1), None),
        ("A", date(2020, 1, 1), None),
        ("B", date(1900, 1, 1), date(2025, 6, 30)),
    ]
    assert lives(versions) == {"A": Life(date(2020, 1, 1), None), "B": Life(None, date(2025, 6, 30))}
    ended = [("A", date(2020, 1, 1), None), ("A", date(2021, 1, 1), EVE)]
    assert lives(ended) == {"A": Life(date(2020, 1, 1), EVE)}


def test_the_turns_of_an_agency():
    links = [link("A", "B"), link("B", "C", "0.5", date(2026, 1, 1)), link("D", "E")]
    assert turns("B", Life(D, date(2026, 12, 31)), links) == (
        Break(D, Why.TOOK_OVER),
        Break(D, Why.UNIT_BEGAN),
        Break(date(2026, 1, 1), Why.GAVE_AWAY),
        Break(date(2027, 1, 1), Why.UNIT_ENDED),
    )
    assert turns("X", Life(), links) == ()


def test_what_an_agency_was_made_of():
    links = [link("A", "B"), link("C", "B", "0.5"), link("C", "D", "0.5"), link("E", "A", day=date(2020, 1, 1))]
    found = origin("B", links)
    assert {each.predecessor for each in found.whole} == {"A", "E"}
    assert found.split == (links[1],)
    assert origin("E", links) == origin("nobody", links)


names = st.sampled_from("ABCDEF")
any_link = st.builds(
    Link, names, names, st.dates(D, D + timedelta(days=3)), st.sampled_from(["1", "0.5", "0.25"]).map(Decimal)
)


@given(names, st.lists(any_link, max_size=8))
def test_the_whole_predecessors_are_those_reached_by_whole_links_alone(agency, links):
    """Naively: add whoever goes over whole to someone who is inside, until nothing changes."""
    inside = {agency}
    for _ in range(10):
        inside |= {each.predecessor for each in links if each.successor in inside and each.share == 1}
    split = {each for each in links if each.successor in inside and each.share < 1}
    found = origin(agency, links)
    assert {each.predecessor for each in found.whole} == inside - {agency}
    assert set(found.split) == split


@given(st.lists(any_link, max_size=7))
def test_a_circle_is_told_if_and_only_if_there_is_one(links):
    """Naively: take away agencies without successors until none is left, or none can be taken."""
    edges = {(each.predecessor, each.successor) for each in links if each.predecessor != each.successor}
    for _ in range(10):
        edges = {(a, b) for a, b in edges if any(b == start for start, _ in edges)}
    assert any("a circle" in problem for problem in told(*links, known=dict.fromkeys("ABCDEF", Life()))) == bool(edges)

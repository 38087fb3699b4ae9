"""Formulas of several conditions, and rests: from the numbers of their terms."""

from itertools import product

import pytest

from metrics.catalogue import CATALOGUE
from metrics.display import display
from metrics.formula import Grades, pair
from metrics.terms import ServicesInForce

BY_ID = {each.id: each for each in CATALOGUE}
NINE = BY_ID["tt01_indicator_9"].formula


def graded(offered: int, services: int, online: int, received: int, late: int) -> tuple[int, str]:
    assert isinstance(NINE, Grades)
    best, fair = NINE.grades
    numbers = dict(
        zip(
            (t for bar in best.bars for t in (bar.part, bar.whole) if t),
            (offered, services, online, received, late),
            strict=True,
        )
    )
    assert {t for bar in fair.bars for t in (bar.part, bar.whole) if t} < set(numbers)
    points, _ = pair(NINE, numbers.get)
    return int(points or 0), display(NINE, points, None)


@pytest.mark.parametrize(
    ("numbers", "points"),
    [
        ((20, 100, 30, 100, 0), 2),  # each bar is reached exactly
        ((19, 100, 30, 100, 0), 1),  # too few procedures offered: the second grade asks for none
        ((20, 100, 29, 100, 0), 1),
        ((20, 100, 15, 100, 0), 1),
        ((20, 100, 14, 100, 0), 0),
        ((20, 100, 90, 100, 1), 0),  # one late online dossier is enough
        ((0, 0, 0, 0, 0), 0),  # nothing offered, nothing received
    ],
)
def test_indicator_9_of_circular_01(numbers, points):
    assert graded(*numbers) == (points, f"{points},0 điểm")


def test_a_rest_is_what_the_part_leaves():
    rest = BY_ID["services_without_dossiers"].formula
    for used, services in product((0, 538, 1431), (0, 1431)):
        numbers = {
            term: services if isinstance(term, ServicesInForce) else min(used, services)
            for term in BY_ID["services_with_dossiers"].terms()
        }
        numerator, denominator = pair(rest, numbers.get)
        assert (numerator, denominator) == (services - min(used, services), services)
    assert display(rest, 893, 1431) == "62,4 %"

"""Definitions in words are said from the declaration."""

from dataclasses import replace

import pytest

from metrics.catalogue import CATALOGUE
from metrics.catalogue.headline import ON_TIME_RESOLUTION
from metrics.kpi import Count
from metrics.measure import RESOLVED_ON_TIME
from metrics.predicate import All, Either, Known, Not, NotAfter, OneOf
from metrics.readings.prose import condition, definition
from metrics.terms import Total


@pytest.mark.parametrize("kpi", CATALOGUE, ids=lambda kpi: kpi.id)
def test_every_definition_can_be_said_in_both_languages(kpi):
    words = definition(kpi)
    assert words.vi.endswith(".")
    assert words.en.endswith(".")
    assert words.vi != words.en


def test_another_formula_says_something_else():
    other = replace(ON_TIME_RESOLUTION, formula=Count(Total(RESOLVED_ON_TIME)))
    assert definition(other) != definition(ON_TIME_RESOLUTION)


def test_conditions_are_said_as_clauses():
    late = All((Known("due_at"), Not(NotAfter("resolved_at", "due_at"))))
    assert condition(late).en == "with a known due moment and not (the resolved moment not after the due moment)"
    assert condition(Either((OneOf("channel", ("1", "3")),))).vi == "kênh thực hiện trực tiếp hoặc bưu chính công ích"

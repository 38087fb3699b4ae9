"""What the pages say: in both languages, and nothing that is not written down."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

import dashboards
from dashboards.change import Turn, change
from dashboards.figures import Reading, Scope
from dashboards.naming import period_name, span_name
from dashboards.pages.spark import spark
from dashboards.texts import TEXTS, Lang
from metrics.catalogue import CATALOGUE
from metrics.kpi import Count
from metrics.period import Period, parse

TEMPLATES = sorted((Path(dashboards.__file__).parent / "templates").rglob("*.html"))
HELD = re.compile(r"\{(\w+)\}")


def test_every_text_is_there_in_both_languages_with_the_same_values_in_it():
    for key, text in TEXTS.items():
        assert text.vi, key
        assert text.en, key
        assert set(HELD.findall(text.vi)) == set(HELD.findall(text.en)), key


def test_templates_say_only_what_is_written_down():
    said = {key for path in TEMPLATES for key in re.findall(r'\bt\("([a-z_0-9.]+)"', path.read_text())}
    assert {key for key in said if not key.endswith(("_", "."))} <= TEXTS.keys()
    assert len(said) > 100


def test_no_template_carries_a_script_or_a_style_of_its_own():
    """But a mail: its readers' programs take a style from nowhere else."""
    for path in TEMPLATES:
        style = "" if path.parent.name == "digest" else r"|\sstyle=|<style"
        assert not re.search(r"<script(?![^>]* src=)|\son\w+=|\|\s*safe" + style, path.read_text()), path


@pytest.mark.parametrize(
    ("name", "vietnamese", "english"),
    [
        ("2026-06-15", "Ngày 15/6/2026", "15/6/2026"),
        ("2026-W23", "Tuần 23/2026", "Week 23, 2026"),
        ("2026-06", "Tháng 6/2026", "June 2026"),
        ("2026-Q2", "Quý 2/2026", "Quarter 2, 2026"),
        ("2026", "Năm 2026", "2026"),
    ],
)
def test_periods_have_names(name, vietnamese, english):
    assert (period_name(parse(name), Lang.VI), period_name(parse(name), Lang.EN)) == (vietnamese, english)


def test_a_period_that_is_cut_is_called_by_its_days():
    assert period_name(Period("2026-06", date(2026, 6, 1), date(2026, 6, 9)), Lang.VI) == "1/6 – 9/6/2026"


def test_spans_are_whole_days_or_hours_that_have_passed():
    assert span_name(timedelta(days=1234, hours=23), Lang.VI) == "1.234 ngày"
    assert span_name(timedelta(minutes=119), Lang.EN) == "1 h"


RATE = CATALOGUE[1]
NUMBER = next(kpi for kpi in CATALOGUE if isinstance(kpi.formula, Count))


def reading(kpi, numerator, denominator=None):
    return Reading(kpi, Scope(parse("2026-06")), None, numerator, denominator)


def test_a_change_is_the_difference_of_what_is_displayed():
    # 49,6 % and 49,7 %: by the exact values the difference would be 0,0
    found = change(reading(RATE, 49_700, 100_000), reading(RATE, 49_699, 100_000))
    assert found is not None
    assert (found.symbol, found.amount, found.turn) == ("▲", "+0,1", Turn.BETTER)
    found = change(reading(NUMBER, 900), reading(NUMBER, 2_134))
    assert found is not None
    assert (found.symbol, found.amount, found.turn) == ("▼", "−1.234", Turn.WORSE)
    assert change(reading(RATE, 0, 0), reading(RATE, 1, 2)) is None


def test_a_spark_has_gaps_where_nothing_is_known():
    assert spark([None, 1.0, None]) is None
    line = spark([1.0, 2.0, None, 3.0, 3.0])
    assert line is not None
    assert len(line.lines) == 2
    assert spark([5.0, 5.0]) is not None
    ((_, before), (_, after)) = (map(float, point.split(",")) for point in spark([65.0, 64.9]).lines[0].split())
    assert 0 < after - before < 1, "a tenth of a point is not drawn as a fall"

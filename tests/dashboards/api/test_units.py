"""Merged agencies and yearly indices over HTTP."""

from datetime import date
from decimal import Decimal

import pytest

from dashboards.indices import keep
from dashboards.units import LINKS, replace
from metrics.annual import Criterion, Scored
from metrics.succession import Link
from tests.dashboards.test_pro_forma import SOME, province
from tests.support.filling import fill

D = date(2025, 7, 1)
SCORES = [
    Scored("par_index", "Vĩnh Long", 2025, Decimal("82.5"), 30, 34),
    Scored("par_index", "Vĩnh Long", 2024, Decimal("80.5"), 40, 63),
    Scored("papi", "Hà Nam", 2021, Decimal("43.28"), 20, 60),
    Scored("papi", "Hà Nam", 2020, Decimal("42.28"), 24, 63),
    Scored("sipas", "Hà Nam", 2021, Decimal("88.38"), 19, 63),
    Scored("sipas", "Hà Nam", 2020, None, 18, 63),
]


@pytest.fixture(scope="module")
def merged(api):
    fill(api.client, province(SOME))
    replace(api.client, LINKS, [Link("OLD1", "NEW", D, Decimal(1)), Link("OLD2", "NEW", D, Decimal(1))], "x.csv", 0)
    keep(api.client, SCORES, [Criterion("sipas", "Hà Nam", 2021, "A", "Một", Decimal(0), Decimal(2), ("a", "b"))], 0)
    yield api
    replace(api.client, LINKS, [], "x.csv", 0)


def test_the_union_is_marked_and_every_part_is_there(merged):
    found = merged.get("pro-forma", period="2025-06", agency="NEW")
    assert (found["basis"], found["summed"]) == ("pro forma", True)
    assert found["members"] == ["NEW", "NEW.A", "OLD1", "OLD1.A", "OLD2", "OLD2.A"]
    [online] = [each for each in found["items"] if each["kpi"] == "online_submission_rate"]
    assert (online["numerator"], online["denominator"], online["display"]) == (7, 9, "77,7 %")
    assert [each["link"]["predecessor"] for each in found["predecessors"]] == ["OLD1", "OLD2"]
    assert merged.get("pro-forma", period="2025-06", agency="OLD1")["successors"][0]["successor"] == "NEW"


def test_an_agency_that_nobody_went_into_has_none(merged):
    assert merged.get("pro-forma", 404, period="2025-06", agency="X")["field"] == "agency"
    assert merged.get("pro-forma", 400, period="2025-13", agency="NEW")["field"] == "period"


def test_the_contract_s_figures_are_not_touched_by_a_merger(merged):
    rows = merged.get("kpi", period="2025-06", agency="NEW")
    assert next(row for row in rows if row["kpi"] == "online_submission_rate")["denominator"] == 0


def test_a_series_says_where_it_breaks(merged):
    rows = merged.get("series", kpi="on_time_resolution", period="2025-08", count=3, agency="NEW")
    assert [row["breaks"] for row in rows] == [None, "2025-07-01 reform; 2025-07-01 took_over", None]
    province_s = merged.get("series", kpi="on_time_resolution", period="2025-08", count=3)
    assert [row["breaks"] for row in province_s] == [None, "2025-07-01 reform", None]


def test_ranks_among_different_numbers_are_not_compared(merged):
    rows = {(row["index"], row["unit"], row["year"]): row for row in merged.get("indices")}
    reform = rows["par_index", "Vĩnh Long", 2025]
    assert (reform["score_change"], reform["rank_change"]) == (None, None)
    assert reform["not_comparable"] == "không so sánh được: sắp xếp đơn vị hành chính 1/7/2025"
    three_unranked = rows["papi", "Hà Nam", 2021]
    assert (three_unranked["score_change"], three_unranked["rank_change"]) == (1.0, None)
    assert three_unranked["not_comparable"] == "không so sánh được: xếp hạng trong 60 và 63"
    assert (rows["sipas", "Hà Nam", 2021]["rank_change"], rows["sipas", "Hà Nam", 2021]["score_change"]) == (-1, None)


def test_a_filter_does_not_lose_the_year_before(merged):
    [row] = merged.get("indices", index="sipas", year=2021)
    assert row["rank_change"] == -1
    assert merged.get("indices", unit="nowhere") == []
    assert merged.get("indices", 400, year="x")["field"] == "year"


def test_criteria(merged):
    [row] = merged.get("indices/criteria", index="sipas")
    assert (row["points"], row["maximum"], row["lost"], row["kpi"]) == (0.0, 2.0, 2.0, "a b")

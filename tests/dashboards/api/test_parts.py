"""A year that crosses 1 July 2025 is told in two parts; what breaks nothing has none."""

import json

import pytest

from dashboards.figures import Scope
from dashboards.parts import in_parts
from deploy.commands.kpi import said_of
from metrics.catalogue import CATALOGUE
from metrics.period import parse
from tests.strategies import KINDS, History
from tests.support.closing import empty
from tests.support.filling import fill

RATE = "online_submission_rate"


@pytest.fixture(autouse=True, scope="module")
def loaded(api):
    """Two dossiers before, three after; one before and three after were sent online."""
    service = {"MaTTHC": "1.000001", "TenTTHC": "Thủ tục", "MucDo": "4"}
    told = [("20250630235959", "2"), ("20250101000000", "1"), *[("20250701000000", "2")] * 2, ("20251231000000", "2")]
    dossiers = [
        {"MaHoSo": f"H07.14-25-{n}", "MaTTHC": "1.000001", "NgayTiepNhan": at, "KenhThucHien": channel}
        for n, (at, channel) in enumerate(told)
    ]
    records = {"services": [service], "dossiers": dossiers}
    lines = {kind: [json.dumps(one).encode() for one in records.get(kind, [])] for kind in KINDS}
    empty(api.client)
    fill(api.client, History(lines, tuple(kind for kind in KINDS for _ in lines[kind])))
    yield
    empty(api.client)


def test_both_parts_are_told_by_their_days_and_why(api):
    found = [each for each in api.get("parts", period="2025") if each["kpi"] == RATE]
    assert [(each["first"], each["last"], each["breaks"], each["display"]) for each in found] == [
        ("2025-01-01", "2025-06-30", None, "50,0 %"),
        ("2025-07-01", "2025-12-31", "2025-07-01 reform", "100,0 %"),
    ]
    (whole,) = [each for each in api.get("kpi", period="2025") if each["kpi"] == RATE]
    assert whole["display"] == "80,0 %"
    assert [sum(each[name] for each in found) for name in ("numerator", "denominator")] == [4, 5]


def test_a_change_of_definition_parts_a_period_too(api):
    found = api.get("parts", period="2026", family="nd224")
    assert {(each["first"], each["breaks"]) for each in found} == {
        ("2026-01-01", None),
        ("2026-07-01", "2026-07-01 definition"),
    }


def test_where_nothing_breaks_there_are_no_parts(api):
    assert api.get("parts", period="2024") == api.get("parts", period="2025-07") == []


def test_the_page_and_the_command_say_so(api):
    page = api.http.get(f"/kpi/{RATE}?period=2025").text
    assert "1/1 – 30/6/2025: <strong>50,0 %</strong> (1 / 2)" in page
    rate = next(each for each in CATALOGUE if each.id == RATE)
    first, second = (said_of(part) for part in in_parts(api.client, Scope(parse("2025")), [rate]))
    assert first == "≠ Tỷ lệ hồ sơ nộp trực tuyến, 01/01/2025 – 30/06/2025: 50,0 %"
    assert "(sắp xếp đơn vị hành chính 1/7/2025): 100,0 %" in second

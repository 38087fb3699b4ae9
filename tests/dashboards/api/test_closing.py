"""Closed periods by the API: as they were, what has changed, and which things changed it."""

import json
from datetime import timedelta

import pytest

from dashboards.figures import Scope, kpi
from metrics.period import parse
from tests.support.closing import closed, correct, earlier, empty
from tests.support.filling import fill, province

PERIOD = "2026-05"


@pytest.fixture(scope="module", autouse=True)
def was(api, tmp_path_factory):
    """A province, closed, after which every due date is nine days earlier. Gives what was read before the close."""
    empty(api.client)
    fill(api.client, province(tmp_path_factory.mktemp("province"), 300, seed=9))
    asked = ({}, {"by": "agency"}, {"by": "procedure"}, {"by": "channel"}, {"agency": "H99.20"}, {"agency": "nobody"})
    before = [(each, api.get("kpi", period=PERIOD, **each)) for each in asked]
    closed(api.client, PERIOD, "báo cáo")
    correct(api.client, earlier(api.client, timedelta(days=9)))
    yield before
    empty(api.client)


def test_a_closed_period_reads_as_it_was(api, was):
    for asked, before in was:
        assert api.get("kpi", period=PERIOD, as_closed="true", **asked) == before
    family = api.get("kpi", period=PERIOD, as_closed="true", family="headline")
    assert family == [row for row in was[0][1] if row["kpi"] in {each["kpi"] for each in family}] != []
    live = api.get("kpi", period=PERIOD)
    assert live == json.loads(json.dumps([one.json() for one in kpi(api.client, Scope(parse(PERIOD)))])) != was[0][1]


def test_what_was_closed_is_listed(api, was):
    (close,) = api.get("closes")
    assert (close["period"], close["who"], close["why"]) == (PERIOD, "lan", "báo cáo")
    assert close["at"] == "2030-01-02T10:04:05.678000+07:00"


@pytest.mark.parametrize("agency", [{}, {"agency": "H99.20"}])
def test_a_restatement_says_was_is_and_why(api, was, agency):
    found = {one["kpi"]: one for one in api.get("restatements", period=PERIOD, **agency)}
    one = found["on_time_resolution"]
    assert set(one) == {"kpi", "version", "period", "agency", "was", "is", "why"}
    (why,) = one["why"]
    assert why["thing"] == "dossier"
    assert why["no_longer_counted"] > 0
    assert one["is"]["numerator"] - one["was"]["numerator"] == why["numerator"] == -why["no_longer_counted"]
    assert one["is"]["denominator"] - one["was"]["denominator"] == why["denominator"] == 0
    named = api.every("restated", kpi="on_time_resolution", period=PERIOD, limit=3, **agency)
    assert len(named) == why["no_longer_counted"]
    assert named == api.every("restated", kpi="on_time_resolution", period=PERIOD, change="no_longer_counted", **agency)
    for each in named:
        assert each["due_at"] < each["resolved_at"] == each["was_resolved_at"] <= each["was_due_at"]
        assert (each["was_counted"], each["counted"]) == (True, False)
    assert api.every("restated", kpi="on_time_resolution", period=PERIOD, change="entered", **agency) == []


@pytest.mark.parametrize(
    ("path", "params", "status", "field"),
    [
        ("kpi", {"period": "2026-04", "as_closed": "true"}, 404, "period"),
        ("kpi", {"period": PERIOD, "as_closed": "true", "agency": "H99.20", "by": "channel"}, 400, "by"),
        ("kpi", {"period": PERIOD, "as_closed": "yes"}, 400, "as_closed"),
        ("restatements", {}, 400, "period"),
        ("restatements", {"period": "2026-04"}, 404, "period"),
        ("restated", {"period": PERIOD}, 400, "kpi"),
        ("restated", {"period": PERIOD, "kpi": "nothing"}, 404, "kpi"),
        ("restated", {"period": PERIOD, "kpi": "on_time_resolution", "change": "x"}, 400, "change"),
        ("restated", {"period": PERIOD, "kpi": "on_time_resolution", "thing": "x"}, 400, "thing"),
        ("restated", {"period": PERIOD, "kpi": "on_time_resolution", "cursor": "%%"}, 400, "cursor"),
    ],
)
def test_what_is_wrong_is_named(api, path, params, status, field):
    assert api.get(path, status=status, **params)["field"] == field


@pytest.mark.parametrize(("table", "asked"), [("closes", {}), ("restated", {"kpi": "on_time_resolution"})])
def test_both_can_be_taken_as_files(api, was, table, asked):
    rows = api.http.get(f"/api/v1/exports/{table}.csv", params={"period": PERIOD, **asked}).text.splitlines()[1:]
    listed = api.get(table) if table == "closes" else api.every(table, period=PERIOD, **asked)
    assert len(rows) == len(listed) > 0
    for form in ("xlsx", "parquet"):
        assert api.http.get(f"/api/v1/exports/{table}.{form}", params={"period": PERIOD, **asked}).status_code == 200

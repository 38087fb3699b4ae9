"""Contract §4 to the letter, on a simulated province."""

import json
import re

import pytest

from dashboards.figures import Scope, kpi
from metrics.period import parse
from tests.support.filling import fill, province

FIGURE = ["kpi", "version", "period", "agency", "procedure", "channel", "numerator", "denominator", "value", "display"]
DOSSIER = ["dossier", "procedure", "agency", "channel", "received_at", "due_at", "resolved_at", "counted"]
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00")


@pytest.fixture(scope="module", autouse=True)
def loaded(api, tmp_path_factory):
    fill(api.client, province(tmp_path_factory.mktemp("province"), 300, seed=3))


@pytest.mark.parametrize("by", [None, "agency", "procedure", "channel"])
@pytest.mark.parametrize("agency", [None, "H99.20", "nobody-knows-it"])
@pytest.mark.parametrize("period", ["2026", "2026-Q3", "2026-06", "2026-W23", "2026-06-15"])
def test_figures_are_those_of_the_command(api, period, agency, by):
    asked = {"period": period} | ({"agency": agency} if agency else {}) | ({"by": by} if by else {})
    rows = api.get("kpi", **asked)
    said = [reading.json() for reading in kpi(api.client, Scope(parse(period), agency, by))]
    assert rows == json.loads(json.dumps(said))
    assert all(list(row) == FIGURE for row in rows)


def test_a_dossier_of_a_list(api):
    page = api.get("dossiers", kpi="on_time_resolution", period="2026", limit=20)
    assert list(page) == ["items", "next"]
    for item in page["items"]:
        assert list(item) == DOSSIER
        assert MOMENT.fullmatch(item["due_at"])
        assert MOMENT.fullmatch(item["resolved_at"])
        assert item["counted"] is (item["resolved_at"] <= item["due_at"])


def test_the_catalogue(api):
    for one in api.get("catalogue"):
        assert {"kpi", "version", "family", "title", "source", "in_force", "unit"} <= set(one)
        assert set(one["title"]) == {"vi", "en"}
        assert len(one["in_force"]) == 2


@pytest.mark.parametrize(
    ("path", "params", "status", "field"),
    [
        ("kpi", {}, 400, "period"),
        ("kpi", {"period": "2026-13"}, 400, "period"),
        ("kpi", {"period": ""}, 400, "period"),
        ("kpi", {"period": "2026", "by": "day"}, 400, "by"),
        ("kpi", {"period": "2026", "agency": ""}, 400, "agency"),
        ("dossiers", {"period": "2026"}, 400, "kpi"),
        ("dossiers", {"period": "2026", "kpi": "nothing"}, 404, "kpi"),
        ("dossiers", {"period": "2026", "kpi": "on_time_resolution", "counted": "maybe"}, 400, "counted"),
        ("dossiers", {"period": "2026", "kpi": "on_time_resolution", "cursor": "%%%"}, 400, "cursor"),
        ("dossiers", {"period": "2026", "kpi": "on_time_resolution", "cursor": "WzFd"}, 400, "cursor"),
        ("dossiers", {"period": "2026", "kpi": "on_time_resolution", "limit": "0"}, 400, "limit"),
        ("dossiers", {"period": "2026", "kpi": "on_time_resolution", "limit": "1001"}, 400, "limit"),
        ("late", {"window": "tomorrow"}, 400, "window"),
        ("failing", {"period": "2026", "check": "nothing"}, 404, "check"),
        ("league", {"period": "2026", "kpi": "nothing"}, 404, "kpi"),
        ("league", {"period": "2026", "kpi": "on_time_resolution", "group": "best"}, 400, "group"),
        ("league", {"period": "2026", "kpi": "on_time_resolution", "target": "-1"}, 400, "target"),
        ("series", {"period": "2026", "kpi": "on_time_resolution", "count": "61"}, 400, "count"),
        ("exports/nothing.csv", {}, 404, "table"),
        ("exports/kpi.doc", {}, 404, "form"),
        ("exports/kpi.csv", {"period": "x"}, 400, "period"),
        ("dossiers/H99-1", {}, 404, "code"),
    ],
)
def test_what_is_wrong_is_named(api, path, params, status, field):
    said = api.get(path, status=status, **params)
    assert said["field"] == field
    assert said["error"]


def test_an_unknown_address_and_a_wrong_method(api):
    assert api.get("nothing", status=404)["error"]
    assert api.http.post("/api/v1/kpi?period=2026").status_code == 405


def test_whoever_has_an_answer_hears_only_that_it_holds(api):
    first = api.http.get("/api/v1/kpi?period=2026")
    tag = first.headers["etag"]
    for given in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = api.http.get("/api/v1/kpi?period=2026", headers={"If-None-Match": given})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = api.http.get("/api/v1/kpi?period=2026", headers={"If-None-Match": '"other"'})
    assert (other.status_code, other.json()) == (200, first.json())
    assert MOMENT.fullmatch(first.headers["x-as-of"])


@pytest.mark.parametrize("path", ["/api/v1/kpi?period=2026", "/api/v1/catalogue", "/healthz", "/api/v1/kpi?period=x"])
def test_head_is_get_without_the_body(api, path):
    whole, head = api.http.get(path), api.http.head(path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]


def test_pages_together_are_the_whole_list(api):
    for path, asked in {
        "services": {"period": "2026", "online": "true"},
        "late": {"window": "7d"},
        "failing": {"check": "no_due_date", "period": "2026"},
        "dossiers": {"kpi": "on_time_resolution", "period": "2026"},
    }.items():
        assert api.every(path, limit=7, **asked) == api.every(path, limit=1000, **asked)


def test_services_with_and_without_dossiers_are_the_figure(api):
    figure = api.get("kpi", period="2026")[0]
    used = api.every("services", limit=1000, period="2026", online="true", used="true")
    silent = api.every("services", limit=1000, period="2026", online="true", used="false")
    assert (len(used), len(used) + len(silent)) == (figure["numerator"], figure["denominator"])
    fields = {service["field"] for service in silent}
    split = [api.every("services", limit=1000, period="2026", online="true", used="false", field=f) for f in fields]
    assert sum(map(len, split)) == len(silent)
    both = [api.every("services", limit=1000, period="2026", has_fee=flag) for flag in ("true", "false")]
    assert sum(map(len, both)) == len(api.every("services", limit=1000, period="2026"))


@pytest.mark.parametrize("kpi_id", ["services_with_dossiers", "online_submission_rate", "payment_transactions"])
def test_a_row_of_the_league_is_the_figure_of_that_agency(api, kpi_id):
    rows = api.get("league", kpi=kpi_id, period="2026", tier="huyen")["items"]
    assert len(rows) == 9
    for row in rows:
        (figure,) = [one for one in api.get("kpi", period="2026", agency=row["agency"]) if one["kpi"] == kpi_id]
        assert (row["numerator"], row["denominator"]) == (figure["numerator"], figure["denominator"])


def test_a_league_is_ranked_best_first_and_few_cases_are_not(api):
    rows = api.get("league", kpi="on_time_resolution", period="2026", tier="xa")["items"]
    ranked = [row for row in rows if row["rank"] is not None]
    assert ranked == rows[: len(ranked)]
    assert [row["value"] for row in ranked] == sorted((row["value"] for row in ranked), reverse=True)
    assert all((row["rank"] is None) == (row["few"] or row["value"] is None) for row in rows)


def test_the_counts_of_a_league_are_those_of_its_lists(api):
    asked = {"kpi": "online_submission_rate", "period": "2026", "tier": "huyen"}
    values = sorted(one["value"] for one in api.get("league", **asked)["items"] if not one["few"])
    asked["target"] = round(100 * values[len(values) // 2], 1) - 0.1
    whole = api.get("league", **asked)
    for group, number in whole["groups"].items():
        items = api.get("league", **asked, group=group)["items"]
        assert len(items) == number
        assert all(one in whole["items"] for one in items)
    reached = [one for one in whole["items"] if not one["few"] and 100 * one["value"] >= asked["target"]]
    assert [one["agency"] for one in reached] == [one["agency"] for one in whole["items"] if one["reached"]]
    assert 0 < whole["groups"]["reached"] == len(reached) < len(values)
    exported = api.http.get("/api/v1/exports/league.csv", params={**asked, "group": "reached"}).text
    assert len(exported.splitlines()) == 1 + len(reached)


def test_a_series_is_the_figure_of_each_period(api):
    rows = api.get("series", kpi="online_submission_rate", period="2026-06", count=5)
    assert [row["period"] for row in rows] == ["2026-02", "2026-03", "2026-04", "2026-05", "2026-06"]
    for row in rows:
        assert row == {"breaks": None} | api.get("kpi", period=row["period"])[1]


def test_one_dossier_says_which_figures_count_it(api):
    for item in api.get("dossiers", kpi="on_time_resolution", period="2026", limit=5)["items"]:
        whole = api.get(f"dossiers/{item['dossier']}")
        assert {name: whole[name] for name in DOSSIER[:-1]} == {name: item[name] for name in DOSSIER[:-1]}
        (counting,) = [one for one in whole["counting"] if one["kpi"] == "on_time_resolution"]
        assert counting["in_denominator"]
        assert counting["counted"] is item["counted"]
        assert counting["day"] == item["resolved_at"][:10]
        assert [step["at"] for step in whole["steps"]] == sorted(step["at"] for step in whole["steps"])


def test_the_page_of_a_dossier_and_the_lists_behind_figures_agree(api):
    """Each is asked in its own way: the page reads what the store says of the dossier, the list asks by conditions."""
    some = api.get("dossiers", kpi="online_submission_rate", period="2026", limit=200)["items"][::20]
    found = {True: 0, False: 0}
    for code in (item["dossier"] for item in some):
        for one in (each for each in api.get(f"dossiers/{code}")["counting"] if each["day"]):
            listed = api.every("dossiers", kpi=one["kpi"], period=one["day"], limit=1000)
            counted = {item["dossier"]: item["counted"] for item in listed}
            assert (code in counted) == (one["in_denominator"] or one["counted"])
            assert counted.get(code, False) is one["counted"]
            found[one["counted"]] += 1
    assert min(found.values()) > 0


def test_openapi_knows_every_answer(api):
    paths = api.get("openapi.json")["paths"]
    for path, methods in paths.items():
        assert "schema" in next(iter(methods["get"]["responses"]["200"]["content"].values())) or "exports" in path

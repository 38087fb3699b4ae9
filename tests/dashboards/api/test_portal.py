"""The portal's figures on the board: of made-up minutes, against sums done by hand."""

import json
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest

from dashboards.app import create_app
from dashboards.board import BoardConfig
from dashboards.visits import came
from metrics.events import Topic
from metrics.histogram import ERROR, bucket
from metrics.period import parse
from metrics.request import alike
from streams.decode import Record
from streams.keep import keep, read
from streams.state import State
from tests.support.board import served

NAME = "Chứng thực <b>bản sao</b>"


def numbers(count, status=200, wait=None, robot=False):
    found = bucket(wait) if wait is not None else 0
    return [alike(status=status, bucket=found, robot=robot, second=0, mark=n) for n in range(count)]


def minute(at, page, said, procedure="", came=None):
    text = " ".join(map(str, said))
    return {"kind": "requests", "at": at, "page": page, "procedure": procedure, "numbers": text, "visitors": came}


MINUTES = [
    minute("20220531235900", "home", numbers(9)),
    minute("20220601000000", "home", numbers(96, wait=100) + numbers(4, wait=2000)),
    minute("20220601000000", "lookup", numbers(3, status=404) + numbers(2, status=500, wait=50)),
    minute("20220601080000", "submit", numbers(5, status=503), procedure="1.000001"),
    minute("20220601080500", "home", numbers(7, robot=True, wait=9000)),
]
PROBED = [
    minute("20220601000000", "probe:home", numbers(3, wait=40) + numbers(1, status=0, robot=True)),
    minute("20220601080000", "probe:home", numbers(2, wait=60)),
    minute("20220601080000", "probe:login", numbers(1, status=404, robot=True)),
]
FUNNEL = [
    minute("20230601080000", "service", numbers(9) + numbers(4, robot=True), "1.000001", f"{1 << 6 | 3} {2 << 6 | 1}"),
    minute("20230601080100", "service", numbers(3, status=304), came=f"{1 << 6 | 3} {3 << 6 | 1}"),
    minute("20230601080100", "start", numbers(4) + numbers(8, status=404), procedure="1.000001"),
    minute("20230601235900", "submit", numbers(2, status=302) + numbers(5, status=500), procedure="1.000001"),
    minute("20230601235900", "done", numbers(1), procedure="1.000002"),
    minute("20230601235900", "home", numbers(50), procedure="1.000002"),
    minute("20230602000000", "pay", numbers(7)),
]


@pytest.fixture(scope="module", autouse=True)
def filled(api):
    api.client.command("TRUNCATE TABLE request")
    api.client.command("TRUNCATE TABLE kpi_cell")
    service = {"kind": "service", "procedure": "1.000001", "name": NAME, "valid_from": "20200101"}
    keep(State(api.client), read(Topic.REFERENCE, [Record(0, 0, json.dumps(service).encode())]))
    records = [Record(0, n, json.dumps(each).encode()) for n, each in enumerate(MINUTES + PROBED + FUNNEL)]
    keep(State(api.client), read(Topic.REQUESTS, records))
    cell = ["nhip.dossiers", date(2023, 6, 1), "H07", "1.000001", "2", 0, 6, 1]
    names = ["stream", "day", "agency", "procedure", "channel", "partition", "received_online", "version"]
    api.client.insert("kpi_cell", [cell], column_names=names)
    yield
    api.client.command("TRUNCATE TABLE request")
    api.client.command("TRUNCATE TABLE kpi_cell")
    api.client.command("TRUNCATE TABLE service")


def test_the_portal_of_a_day(api):
    said = api.get("portal", period="2022-06-01")
    whole = said["whole"]
    assert (whole["requests"], whole["failed"], whole["not_found"], whole["robots"]) == (117, 7, 3, 7)
    assert whole["p50"] == pytest.approx(100, rel=ERROR)
    assert whole["p99"] == pytest.approx(2000, rel=ERROR)
    assert (said["minutes"], said["answering"], said["busiest"]) == (3, 2, 105)
    assert [(page["page"], page["answers"]["failed"]) for page in said["pages"]] == [
        ("submit", 5), ("lookup", 2), ("home", 0),
    ]  # fmt: skip
    assert [(page["page"], page["name"]) for page in said["services"]] == [("1.000001", NAME)]
    assert said["services"][0]["answers"]["p50"] is None
    assert said["step"] == 5
    assert [(step["at"], step["requests"], step["failed"]) for step in said["course"]] == [
        ("2022-06-01T00:00:00+07:00", 105, 2), ("2022-06-01T08:00:00+07:00", 5, 5), ("2022-06-01T08:05:00+07:00", 7, 0),
    ]  # fmt: skip


def test_probes_are_counted_apart_from_requests(api):
    said = api.get("portal", period="2022-06-01")
    assert [(page["page"], page["probes"], page["answered"], page["failed_at"]) for page in said["outside"]] == [
        ("home", 6, 5, "2022-06-01T00:00:00+07:00"), ("login", 1, 0, "2022-06-01T08:00:00+07:00"),
    ]  # fmt: skip
    assert said["outside"][0]["p50"] == pytest.approx(40, rel=ERROR)
    assert said["outside"][1]["p50"] is None
    (rate,) = api.get("kpi", period="2022-06-01", family="outside")
    assert (rate["numerator"], rate["denominator"]) == (5, 7)
    page = api.http.get("/portal", params={"period": "2022-06-01"}).text
    assert "Dò từ bên ngoài" in page
    assert '<th scope="row">login</th><td class="numeric">1</td><td class="numeric strong">0,0 %</td>' in page


@pytest.mark.parametrize(("period", "step"), [("2022-W22", 60), ("2022-06", 360), ("2022-Q2", 1440), ("2022", 1440)])
def test_longer_periods_have_longer_steps(api, period, step):
    said = api.get("portal", period=period)
    assert said["step"] == step
    assert sum(each["requests"] for each in said["course"]) == said["whole"]["requests"]


def test_a_period_without_requests_has_no_answers(api):
    said = api.get("portal", period="2021")
    assert (said["whole"]["requests"], said["whole"]["p50"], said["pages"], said["course"]) == (0, None, [], [])


def test_wrong_parameters_are_told(api):
    assert api.get("portal", status=400, period="2022-13")["field"] == "period"
    assert api.get("portal", status=400)["field"] == "period"


def test_the_figures_stand_in_the_list_of_the_province_alone(api):
    def portal(**asked):
        found = api.get("kpi", period="2022-06-01", **asked)
        return {row["kpi"]: (row["numerator"], row["denominator"]) for row in found if row["kpi"].startswith("portal_")}

    assert portal() == {
        "portal_requests": (117, None), "portal_error_rate": (7, 117), "portal_not_found_rate": (3, 117),
    }  # fmt: skip
    assert portal(agency="H07") == {}
    for by in ("agency", "procedure", "channel"):
        assert portal(by=by) == {}


def test_the_funnel_counts_what_people_were_answered_by_step(api):
    whole, first, second = api.get("portal/funnel", period="2023-06-01")
    steps = ("viewed", "started", "submitted", "paid", "done", "received_online")
    assert [whole[step] for step in steps] == [12, 4, 2, 0, 1, 6]
    assert [first[step] for step in ("procedure", "name", *steps)] == ["1.000001", NAME, 9, 4, 2, 0, 0, 6]
    assert [second[step] for step in ("procedure", "name", *steps)] == ["1.000002", None, 0, 0, 0, 0, 1, 0]
    kept = [whole[f"{step}_kept"] for step in ("started", "submitted", "paid", "done")]
    assert kept == pytest.approx([4 / 12, 2 / 4, 0, 1 / 2])
    assert second["done_kept"] is None
    assert [row["viewed_visitors"] for row in (whole, first, second)] == [3, 2, 0]
    assert [row["paid"] for row in api.get("portal/funnel", period="2023-06")] == [7, 0, 0]


def test_visitors_are_estimated_where_there_are_marks(api):
    def said(period):
        found = api.get("portal", period=period)
        return found["visitors"], found["visitors_untold"]

    assert said("2023-06-01") == (3, 4 + 2 + 1 + 50)
    assert said("2022-06-01")[0] is None
    assert "≈ 3" in api.http.get("/portal", params={"period": "2023-06-01"}).text


def test_the_funnel_stands_on_the_page_and_in_an_export(api):
    page = api.http.get("/portal", params={"period": "2023-06-01", "lang": "vi"}).text
    assert "33,3 %" in page
    assert "không đếm người" in page
    export = api.http.get("/api/v1/exports/portal_funnel.csv", params={"period": "2023-06-01", "lang": "en"}).text
    head, *rows = export.splitlines()
    assert "Service viewed (requests)" in head
    assert len(rows) == 3


def test_the_page_says_the_same_in_both_languages(api):
    for lang, title in (("vi", "Cổng dịch vụ công"), ("en", "Service portal")):
        page = api.http.get("/portal", params={"period": "2022-06-01", "lang": lang}).text
        assert title in page
        for told in ("117", "5,9 %", "66,6 %", "Chứng thực &lt;b&gt;"):
            assert told in page
    assert "Kỳ này chưa có nhật ký" in api.http.get("/portal", params={"period": "2021", "lang": "vi"}).text


@pytest.mark.parametrize("chart", ["portal.svg", "portal.json"])
def test_the_course_is_drawn(api, chart):
    answer = api.http.get(f"/chart/{chart}", params={"period": "2022-06-01"})
    assert answer.status_code == 200
    assert api.http.get(f"/chart/{chart}", params={"period": "2021"}).status_code == 200
    assert api.http.get(f"/chart/{chart}", params={"period": "never"}).status_code == 400


def test_an_answer_is_as_old_as_the_oldest_of_its_parts(api):
    now = [datetime(2026, 6, 1, 3, tzinfo=UTC)]
    app = create_app(BoardConfig(api.running.reader_url, lambda: now[0]))
    month = parse("2022-06")
    app.state.board.read(("portal came", month), lambda client: came(client, month))
    now[0] += timedelta(seconds=1)
    with served(app) as address:
        said = httpx.get(f"{address}/api/v1/portal?period=2022-06", timeout=60)
    assert said.headers["x-as-of"] == "2026-06-01T10:00:00+07:00"

"""Actions on a guarded board: an editor records, changes and finishes them; a viewer looks; files hold the same."""

import csv
from datetime import timedelta
from io import StringIO

import pytest

from dashboards.auth.account import Role
from dashboards.store import connect
from tests.dashboards.auth.support import board
from tests.support.province import catalogue, counted

WANTED = {"agency": "H07", "text": "Nộp trực tuyến", "owner": "Giám đốc", "due": "1/3/2027", "origin": "alert",
          "origin_name": "x/y", "kpi": "online_submission_rate", "target": "50"}  # fmt: skip


@pytest.fixture
def guarded(clickhouse):
    with board(clickhouse, alert_groups={"soc": 1}) as made:
        client = connect(clickhouse)
        catalogue(client, {"H07": None}, {"H07": "so"})
        today = made.app.state.board.now().date()
        counted(client, today - timedelta(days=40), "H07", 10, 1)
        counted(client, today, "H07", 10, 7)
        for name, role in (("bien-tap", Role.EDITOR), ("xem", Role.VIEWER)):
            made.account(name, role)
        yield made


def post(made, path, page, **form):
    return made.browser.post(path, data=form | {"csrf": made.token(page=page)})


def test_an_editor_records_changes_and_finishes(guarded):
    guarded.log_in("bien-tap")
    browser = guarded.browser
    assert "không ghi tên người" in browser.get("/actions/new", params=WANTED).text
    wrong = post(guarded, "/actions/new", "/actions/new", **(WANTED | {"owner": "Trần Thị B"}), why="họp")
    assert (wrong.status_code, "chỉ ghi chức danh" in wrong.text) == (400, True)
    assert post(guarded, "/actions/new", "/actions/new", **WANTED).status_code == 400
    made = post(guarded, "/actions/new", "/actions/new", **WANTED, why="họp giao ban")
    assert made.status_code == 303
    page = made.headers["location"]
    shown = browser.get(page).text
    for part in ("data:image/svg+xml;base64,", "10,0 %", "70,0 %", "đạt chỉ tiêu", "đang làm", "họp giao ban"):
        assert part in shown
    again = post(guarded, "/actions/new", "/actions/new", **WANTED, why="lần nữa")
    assert (again.status_code, "được ghi rồi" in again.text) == (400, True)
    assert post(guarded, f"{page}/change", page, due="1/1/2027", owner="Phó Giám đốc", why="lùi").status_code == 303
    assert post(guarded, f"{page}/done", page, done="32/1/2027", why="x").status_code == 400
    assert post(guarded, f"{page}/done", page, done="12/1/2027", result="đạt", why="báo cáo").status_code == 303
    assert "xong trễ hạn" in browser.get(page).text
    assert post(guarded, f"{page}/undo", page, why="nhầm").status_code == 303
    assert post(guarded, f"{page}/withdraw", page).status_code == 400
    assert post(guarded, f"{page}/withdraw", page, why="thôi").status_code == 303
    assert post(guarded, "/actions/nothing/withdraw", page, why="x").status_code == 404
    listed = browser.get("/actions", params={"state": "withdrawn"}).text
    assert "100,0 %" in listed
    assert "Phó Giám đốc" in listed


def test_a_viewer_looks_and_changes_nothing(guarded):
    guarded.log_in("bien-tap")
    page = post(guarded, "/actions/new", "/actions/new", **WANTED, why="họp").headers["location"]
    guarded.browser.cookies.clear()
    guarded.log_in("xem")
    assert '<form class="filters" method="post"' not in guarded.browser.get(page).text
    token = guarded.token(page="/account")
    for path in ("/actions/new", f"{page}/done", f"{page}/change", f"{page}/withdraw", f"{page}/undo"):
        assert guarded.browser.post(path, data=WANTED | {"csrf": token, "why": "x"}).status_code == 403
    (item,) = guarded.browser.get("/api/v1/actions", params={"agency": "H07"}).json()
    assert (item["state"], item["target"], item["due"]) == ("open", 50.0, "2027-03-01")
    text = guarded.browser.get("/api/v1/exports/actions.csv").text.removeprefix("\ufeff")
    (row,) = list(csv.DictReader(StringIO(text), delimiter=";"))
    assert (row["Nội dung cam kết"], row["Chỉ tiêu"], row["Tình trạng"]) == ("Nộp trực tuyến", "50,0", "open")
    for form in ("xlsx", "parquet"):
        assert guarded.browser.get(f"/api/v1/exports/actions.{form}").status_code == 200
    assert guarded.browser.get("/api/v1/actions", params={"state": "dream"}).status_code == 400
    assert guarded.browser.get("/actions", params={"state": "dream"}).status_code == 404
    assert guarded.browser.get("/actions/nothing").status_code == 404

"""Thresholds and alerts on a guarded board: an editor may, a viewer may look, and only with a token of the page."""

import re
from datetime import timedelta

import pytest

from dashboards.alerts.evaluator import Conditions, Evaluator
from dashboards.alerts.lease import Lease
from dashboards.alerts.rules import Rules
from dashboards.alerts.states import States
from dashboards.auth.account import Role
from dashboards.auth.rows import Rows
from dashboards.store import connect
from tests.dashboards.auth.support import Board, board
from tests.support.province import arrived, catalogue, counted

RATE = "online_submission_rate"
WANTED = {"kpi": RATE, "kind": "below", "limit": "50", "agency": "H07", "for": "0", "calm": "0"}


@pytest.fixture
def guarded(clickhouse):
    with board(clickhouse, alert_groups={"soc": 1}) as made:
        client = connect(clickhouse)
        catalogue(client, {"H07": None})
        counted(client, today(made), "H07", 10, 1)
        arrived(client, made.app.state.board.now())
        for name, role in (("bien-tap", Role.EDITOR), ("xem", Role.VIEWER)):
            made.account(name, role)
        yield made


def today(made: Board):
    return made.app.state.board.now().date()


def evaluator(made: Board) -> Evaluator:
    url = made.guard.security.clickhouse
    rows = Rows(url)
    return Evaluator(connect(url), Rules(rows, made.app.state.board.now), States(rows), Conditions())


def look(made: Board) -> list[str]:
    found = evaluator(made).evaluate(made.app.state.board.now())
    return [said.kind.value for each in found.moved for said in each.happened]


def post(made: Board, path: str, page: str, **form: str):
    return made.browser.post(path, data=form | {"csrf": made.token(page=page)})


def test_an_editor_sees_a_preview_saves_takes_on_and_withdraws(guarded):
    assert guarded.log_in("bien-tap").status_code == 303
    shown = guarded.browser.get("/alerts/threshold", params=WANTED)
    assert "đã có 1 cảnh báo" in shown.text
    assert "data:image/svg+xml;base64," in shown.text
    page = str(shown.url)
    assert post(guarded, "/alerts/threshold", page, **WANTED).status_code == 400
    assert post(guarded, "/alerts/threshold", page, **WANTED, why="Nghị quyết 03").status_code == 303
    assert "đang như vậy rồi" in post(guarded, "/alerts/threshold", page, **WANTED, why="x").text
    assert look(guarded) == ["fired"]
    listed = guarded.browser.get("/alerts").text
    assert "đang báo" in listed
    assert "Nghị quyết 03" in listed
    form = dict(re.findall(r'name="(alert|episode|level)" value="([^"]*)"', listed))
    assert post(guarded, "/alerts/acknowledge", "/alerts", **form).status_code == 303
    assert "đã nhận xử lý" in guarded.browser.get("/alerts").text
    assert look(guarded) == ["acknowledged"]
    (item,) = guarded.browser.get("/api/v1/alerts").json()
    assert (item["status"], item["actor"], item["agency"]) == ("acknowledged", "bien-tap", "H07")
    (rule,) = guarded.browser.get("/api/v1/thresholds").json()
    assert (rule["actor"], rule["why"], rule["act"]) == ("bien-tap", "Nghị quyết 03", 50.0)
    assert post(guarded, "/alerts/threshold/withdraw", page, id=rule["id"], why="thôi").status_code == 303
    assert look(guarded) == ["resolved"]
    assert [each["kind"] for each in guarded.browser.get("/api/v1/alerts/history").json()] == [
        "resolved", "acknowledged", "fired",
    ]  # fmt: skip
    assert post(guarded, "/alerts/threshold/undo", page, id=rule["id"], why="nhầm").status_code == 303
    assert len(guarded.browser.get("/api/v1/thresholds/history").json()) == 3


def test_a_viewer_may_preview_and_change_nothing(guarded):
    assert guarded.log_in("xem").status_code == 303
    shown = guarded.browser.get("/alerts/threshold", params=WANTED)
    assert "đã có 1 cảnh báo" in shown.text
    assert 'action="/alerts/threshold/undo"' not in shown.text
    assert 'id="save"' not in shown.text
    token = guarded.token(page="/account")
    for path in ("/alerts/threshold", "/alerts/threshold/undo", "/alerts/threshold/withdraw", "/alerts/acknowledge",
                 "/alerts/test", "/alerts/threshold/approve", "/alerts/threshold/refuse", "/alerts/maintenance/add",
                 "/alerts/maintenance/remove"):  # fmt: skip
        assert guarded.browser.post(path, data=WANTED | {"why": "x", "csrf": token}).status_code == 403
    assert guarded.browser.get("/api/v1/thresholds").json() == []


@pytest.mark.parametrize("token", ["", "0" * 64])
def test_without_the_pages_token_an_editor_changes_nothing(guarded, token):
    guarded.log_in("bien-tap")
    assert guarded.browser.post("/alerts/threshold", data=WANTED | {"why": "x", "csrf": token}).status_code == 403


def test_refusals_are_said_in_the_visitors_language(guarded):
    guarded.log_in("bien-tap")
    wrong = WANTED | {"limit": "150"}
    assert "phải từ 0 đến 100 %" in guarded.browser.get("/alerts/threshold", params=wrong).text
    assert "from 0 to 100 %" in guarded.browser.get("/alerts/threshold", params=wrong | {"lang": "en"}).text


def test_a_board_on_which_nobody_watches_says_so(guarded):
    guarded.log_in("xem")
    assert "Không có tiến trình nào" in guarded.browser.get("/alerts").text
    now = guarded.app.state.board.now()
    Lease(Rows(guarded.guard.security.clickhouse), "one").looked(now, 5, 0.25)
    shown = guarded.browser.get("/alerts").text
    assert "Không có tiến trình nào" not in shown
    assert "5 mục trong 0,2 giây" in shown
    guarded.clock.now += timedelta(minutes=3).total_seconds()
    assert "Không có tiến trình nào" in guarded.browser.get("/alerts").text


def test_a_test_message_goes_to_the_outbox(guarded):
    guarded.log_in("bien-tap")
    assert post(guarded, "/alerts/test", "/alerts", group="soc").status_code == 303
    rows = Rows(guarded.guard.security.clickhouse).ask("SELECT recipient, outcome, body FROM alert_message")
    assert [(recipient, outcome) for recipient, outcome, _ in rows] == [("soc", "waiting")]
    assert "bien-tap" in rows[0][2]
    assert post(guarded, "/alerts/test", "/alerts", group="mayor").status_code in {400, 403}


def test_the_api_previews_and_refuses(guarded):
    guarded.log_in("xem")
    answer = guarded.browser.get("/api/v1/thresholds/preview", params={"kpi": RATE, "below": "50", "for": "0"})
    assert answer.json()["alerts"] == 1
    refused = guarded.browser.get("/api/v1/thresholds/preview", params={"kpi": RATE, "below": "500"})
    assert (refused.status_code, refused.json()["field"]) == (400, "below")
    assert guarded.browser.get("/api/v1/thresholds", params={"on": "soon"}).status_code == 400


def test_a_second_editor_approves_and_nobody_their_own(clickhouse):
    with board(clickhouse, four_eyes=True) as made:
        catalogue(connect(clickhouse), {"H07": None})
        for name in ("bien-tap", "quan-tri"):
            made.account(name, Role.EDITOR)
        made.log_in("bien-tap")
        assert post(made, "/alerts/threshold", "/alerts", **WANTED, why="Nghị quyết 03").status_code == 303
        shown = made.browser.get("/alerts").text
        assert "Chờ người thứ hai duyệt" in shown
        assert 'action="/alerts/threshold/approve"' not in shown
        (asked,) = made.browser.get("/api/v1/thresholds/proposals").json()
        assert post(made, "/alerts/threshold/approve", "/alerts", id=asked["id"]).status_code == 400
        assert made.browser.get("/api/v1/thresholds").json() == []
        made.browser.cookies.clear()
        made.log_in("quan-tri")
        assert 'action="/alerts/threshold/approve"' in made.browser.get("/alerts").text
        assert post(made, "/alerts/threshold/approve", "/alerts", id=asked["id"]).status_code == 303
        (rule,) = made.browser.get("/api/v1/thresholds").json()
        assert (rule["actor"], rule["why"]) == ("quan-tri", "Nghị quyết 03 (đề nghị: bien-tap)")
        page = "/alerts"
        assert post(made, "/alerts/threshold/withdraw", page, id=rule["id"], why="thôi").status_code == 303
        assert post(made, "/alerts/threshold/refuse", page, id=rule["id"], why="rút lại").status_code == 303
        assert len(made.browser.get("/api/v1/thresholds").json()) == 1


def test_an_editor_sets_and_removes_a_maintenance_window(guarded):
    guarded.log_in("bien-tap")
    window = "sun 02:00-04:00"
    add, remove = "/alerts/maintenance/add", "/alerts/maintenance/remove"
    for wrong in ({"window": "soon", "why": "x"}, {"window": window}, {"window": f"{window}, {window}", "why": "x"}):
        assert post(guarded, add, "/alerts", **wrong).status_code == 400
    assert post(guarded, add, "/alerts", window=window, why="sao lưu").status_code == 303
    assert post(guarded, add, "/alerts", window=window, why="sao lưu").status_code == 400
    assert "sao lưu" in guarded.browser.get("/alerts").text
    assert post(guarded, remove, "/alerts", window=window, why="xong").status_code == 303
    assert "sao lưu" not in guarded.browser.get("/alerts").text

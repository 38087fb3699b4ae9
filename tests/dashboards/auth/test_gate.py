"""Which requests come in at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.websockets import WebSocketDisconnect

from dashboards.auth.account import Role
from dashboards.auth.gate import is_public
from tests.dashboards.auth.support import Board, board

PAGES = [
    "/",
    "/api/v1/secret",
    "/stream",
    "/broken",
    "/account",
    "/nothing-here",
    "/static",
    "/staticx",
    "/healthz/x",
    "/LOGIN",
    "//login",
]


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_answered_to_somebody_unknown(guarded: Board, page: str) -> None:
    turned = guarded.browser.get(page)
    assert turned.status_code == (401 if page.startswith("/api/") else 303)
    assert "secret" not in turned.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"])
def test_no_other_method_is_a_way_around(guarded: Board, method: str) -> None:
    assert guarded.browser.request(method, "/page").status_code in {401, 303}


def test_a_script_hears_it_in_json(guarded: Board) -> None:
    turned = guarded.browser.get("/page", headers={"accept": "*/*"})
    assert (turned.status_code, turned.json()) == (401, {"error": "log in first"})


def test_the_public_pages_need_nobody(guarded: Board) -> None:
    assert guarded.browser.get("/tra-cuu/test").json() == {"public": "steps"}
    assert guarded.browser.get("/login").status_code == 200


@given(st.text())
def test_what_is_public_is_a_short_list(path: str) -> None:
    assert not is_public("/" + path) or ("/" + path).startswith(
        ("/static/", "/login", "/tra-cuu", "/healthz", "/csp-report")
    )


def test_a_board_without_accounts_on_this_machine_may_be_looked_at_by_anybody(clickhouse: str) -> None:
    with board(clickhouse, login_required=False) as made:
        assert made.browser.get("/page").text == "<p>viewer </p>"
        token = made.token()
        assert made.browser.post("/thresholds", headers={"x-csrf-token": token}).status_code == 403
        made.account("van-phong")
        assert made.browser.get("/page").status_code == 303


@pytest.mark.parametrize(("role", "status"), [(Role.VIEWER, 403), (Role.EDITOR, 200), (Role.ADMIN, 200)])
def test_only_an_editor_edits(guarded: Board, role: Role, status: int) -> None:
    guarded.account("van-phong", role)
    guarded.log_in("van-phong")
    edited = guarded.browser.post("/thresholds", headers={"x-csrf-token": guarded.token(page="/account")})
    assert edited.status_code == status
    assert ("edit" in edited.text) == (status == 200)


def test_another_role_holds_at_once_in_sessions_that_are_open(guarded: Board) -> None:
    guarded.account("van-phong", Role.ADMIN)
    guarded.log_in("van-phong")
    guarded.administration().change_role("van-phong", Role.VIEWER)
    guarded.clock.now += 6
    token = guarded.token(page="/account")
    assert guarded.browser.post("/thresholds", headers={"x-csrf-token": token}).status_code == 403


def test_there_is_no_websocket(guarded: Board) -> None:
    with pytest.raises(WebSocketDisconnect), guarded.browser.websocket_connect("/"):
        pass


def test_a_stream_goes_on_while_its_session_holds(guarded: Board) -> None:
    guarded.account("van-phong")
    guarded.log_in("van-phong")
    assert guarded.browser.get("/stream").text.count("beat") == 20


def test_a_stream_ends_with_its_session(guarded: Board) -> None:
    guarded.account("van-phong")
    guarded.log_in("van-phong")
    guarded.browser.get("/page")
    guarded.administration().disable("van-phong")
    assert guarded.browser.get("/stream").text.count("beat") < 8


def test_a_stream_is_begun_again_before_its_session_would_run_out(guarded: Board) -> None:
    guarded.account("van-phong")
    guarded.log_in("van-phong")
    for _ in range(30):  # a wall that is left alone: ten hours
        guarded.pulses[:] = [60.0] * 20
        assert guarded.browser.get("/stream").text.count("beat") > 10
    assert guarded.browser.get("/page").status_code == 200


def test_a_store_that_is_away_leaves_sessions_and_public_pages_alone(
    guarded: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarded.account("van-phong")
    guarded.log_in("van-phong")
    assert guarded.browser.get("/page").status_code == 200
    monkeypatch.setattr(guarded.guard.accounts._rows, "_client", None)
    monkeypatch.setattr(guarded.guard.accounts._rows, "_url", "http://x:y@127.0.0.1:9/nhip")
    guarded.clock.now += 60
    assert guarded.browser.get("/page").status_code == 200
    assert guarded.browser.get("/tra-cuu/test").status_code == 200
    stranger = guarded.another()
    away = guarded.log_in("van-phong", browser=stranger)
    assert away.status_code == 503
    assert "kho dữ liệu không trả lời" in away.text
    left = guarded.browser.post("/logout", headers={"x-csrf-token": guarded.token(page="/account")})
    assert left.status_code == 503
    assert guarded.browser.get("/page").status_code == 303


def test_a_board_that_never_reached_the_store_shows_the_public_pages_alone() -> None:
    with board("http://x:y@127.0.0.1:9/nhip", login_required=False) as made:
        away = made.browser.get("/page")
        assert (away.status_code, away.headers["retry-after"]) == (503, "5")
        assert made.browser.get("/api/v1/secret").json() == {"error": "the accounts cannot be read now: try again"}
        assert made.browser.get("/tra-cuu/test").status_code == 200

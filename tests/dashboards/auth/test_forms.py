"""Requests that another site makes a browser send."""

import pytest

from dashboards.auth.account import Role
from tests.dashboards.auth.support import PASSWORD, Board, board


@pytest.fixture
def editor(guarded: Board) -> Board:
    guarded.account("van-phong", Role.EDITOR)
    assert guarded.log_in("van-phong").status_code == 303
    return guarded


def test_a_form_of_ours_passes_by_field_or_by_header(editor: Board) -> None:
    token = editor.token(page="/account")
    assert editor.browser.post("/thresholds", data={"csrf": token}).status_code == 200
    assert editor.browser.post("/thresholds", headers={"x-csrf-token": token}, json={}).status_code == 200


@pytest.mark.parametrize("token", ["", "0" * 64, "é", "null"])
@pytest.mark.parametrize("way", ["header", "field", "query", "json"])
def test_without_the_token_nothing_is_changed(editor: Board, token: str, way: str) -> None:
    sent = {
        "header": {"headers": {"x-csrf-token": token.encode()}},
        "field": {"data": {"csrf": token}},
        "query": {"params": {"csrf": token}},
        "json": {"json": {"csrf": token}},
    }[way]
    assert editor.browser.post("/thresholds", **sent).status_code == 403


def test_the_token_of_another_session_is_refused(editor: Board) -> None:
    thief = editor.another()
    editor.log_in("van-phong", browser=thief)
    for foreign in (editor.token(editor.another()), editor.token(thief, "/account")):
        assert editor.browser.post("/thresholds", data={"csrf": foreign}).status_code == 403


def test_a_token_from_before_the_login_is_refused_after_it(guarded: Board) -> None:
    guarded.account("van-phong", Role.EDITOR)
    before = guarded.token()
    guarded.log_in("van-phong")
    assert guarded.browser.post("/thresholds", data={"csrf": before}).status_code == 403


@pytest.mark.parametrize(
    "said",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://board.example.vn.evil.example"},
        {"origin": "http://board.example.vn:81"},
        {"origin": "https://board.example.vn"},
        {"origin": ""},
    ],
)
def test_what_comes_from_another_site_is_refused_even_with_the_token(editor: Board, said: dict[str, str]) -> None:
    assert (
        editor.browser.post("/thresholds", data={"csrf": editor.token(page="/account")}, headers=said).status_code
        == 403
    )


def test_our_own_origin_is_told_by_the_name_people_use(editor: Board) -> None:
    said = {"origin": "http://board.example.vn"}
    assert (
        editor.browser.post("/thresholds", data={"csrf": editor.token(page="/account")}, headers=said).status_code
        == 200
    )


def test_nobody_can_be_logged_in_from_another_site(guarded: Board) -> None:
    guarded.account("van-phong")
    form = {"name": "van-phong", "password": PASSWORD}
    assert guarded.browser.post("/login", data=form).status_code == 403
    mine = guarded.token(guarded.another())
    assert guarded.browser.post("/login", data=form | {"csrf": mine}).status_code == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "BREW"])
def test_every_unsafe_method_needs_it(editor: Board, method: str) -> None:
    assert editor.browser.request(method, "/thresholds").status_code == 403


@pytest.mark.parametrize("body", [b"\xff\xfe=1", b"&" * 1000, b"a=1&" * 1000, b"%zz=%"])
def test_a_broken_form_is_refused_quietly(editor: Board, body: bytes) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert editor.browser.post("/thresholds", content=body, headers=headers).status_code == 403


def test_a_huge_form_is_not_read_to_its_end(editor: Board) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert editor.browser.post("/thresholds", content=b"a" * 70_000, headers=headers).status_code == 413


def test_the_token_cookie_is_only_set_where_a_form_is(guarded: Board, clickhouse: str) -> None:
    assert "set-cookie" not in guarded.browser.get("/tra-cuu/test").headers
    with board(clickhouse, public_url="https://board.example.vn") as https:
        assert "__Host-nhip_visit" in https.browser.get("/login").headers["set-cookie"]

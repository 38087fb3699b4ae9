"""Who may change something: every unsafe route there is, found by itself."""

from tests.dashboards.auth.support import Board
from tests.dashboards.security.hostile import put_in, routes

FOR_EVERYBODY = {"/login", "/logout", "/account/password", "/account/sessions", "/csp-report"}
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


def unsafe(province: Board) -> list[tuple[str, str]]:
    return [(method, path) for method in UNSAFE for path in routes(province.app, method)]


def test_a_viewer_changes_nothing_but_their_own_account(province: Board) -> None:
    token = province.token(page="/account")
    assert ("POST", "/thresholds") in unsafe(province)
    for method, path in unsafe(province):
        if path not in FOR_EVERYBODY:
            answer = province.browser.request(method, put_in(path, "x"), headers={"x-csrf-token": token})
            assert (path, answer.status_code) == (path, 403)


def test_without_a_token_no_unsafe_route_is_reached(province: Board) -> None:
    for method, path in unsafe(province):
        answer = province.browser.request(method, put_in(path, "x"), data={"csrf": "0" * 64})
        assert path == "/csp-report" or (path, answer.status_code) == (path, 403)


def test_a_get_changes_nothing(province: Board) -> None:
    for path in FOR_EVERYBODY - {"/login"}:
        assert province.browser.get(path).status_code == 405
    assert province.browser.get("/page").status_code == 200

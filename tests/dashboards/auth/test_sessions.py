"""Sessions: forged, expired, replayed, planted, ended."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OctKey

from dashboards.auth.signing import Purpose, Signer
from tests.dashboards.auth.support import PASSWORD, SECRET, Board, board


def inside(made: Board) -> bool:
    return made.browser.get("/page").status_code == 200


@pytest.fixture
def entered(guarded: Board) -> Board:
    guarded.account("van-phong")
    assert guarded.log_in("van-phong").status_code == 303
    assert inside(guarded)
    return guarded


def session_of(made: Board) -> str:
    return str(made.browser.cookies["nhip_session"])


def test_the_cookie_is_for_this_host_and_not_for_scripts(guarded: Board, clickhouse: str) -> None:
    guarded.account("van-phong")
    said = guarded.log_in("van-phong").headers.get_list("set-cookie")
    session = next(cookie for cookie in said if cookie.startswith("nhip_session="))
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(session.split("; "))
    with board(clickhouse, public_url="https://board.example.vn") as https:
        said = https.log_in("van-phong").headers.get_list("set-cookie")
        session = next(cookie for cookie in said if cookie.startswith("__Host-nhip_session="))
        assert "Secure" in session.split("; ")
        assert "Domain" not in session


def test_each_login_is_a_new_session_whatever_the_browser_brought_along(entered: Board) -> None:
    planted = session_of(entered)
    other = entered.another()
    other.cookies.set("nhip_session", "planted", domain="board.example.vn", path="/")
    assert entered.log_in("van-phong", browser=other).status_code == 303
    assert other.cookies["nhip_session"] not in {"planted", planted}


def test_a_logged_out_cookie_is_worth_nothing_where_it_was_copied_to(entered: Board) -> None:
    copied = session_of(entered)
    left = entered.browser.post("/logout", headers={"x-csrf-token": entered.token(page="/account")})
    assert (left.status_code, left.headers["location"]) == (303, "/login")
    assert not inside(entered)
    entered.browser.cookies.set("nhip_session", copied)
    assert not inside(entered)


def test_another_board_learns_of_the_logout(entered: Board) -> None:
    copied = session_of(entered)
    with board(entered.guard.security.clickhouse) as second:
        second.browser.cookies.set("nhip_session", copied)
        assert inside(second)
        entered.browser.post("/logout", headers={"x-csrf-token": entered.token(page="/account")})
        second.clock.now += 6
        assert not inside(second)


@pytest.mark.parametrize("change", ["disable", "end_sessions", "change_password"])
def test_a_change_at_the_terminal_ends_the_sessions_within_seconds(entered: Board, change: str) -> None:
    administration = entered.administration()
    if change == "change_password":
        administration.change_password("van-phong", "another good password")
    else:
        getattr(administration, change)("van-phong")
    entered.clock.now += 6
    assert not inside(entered)


def test_a_session_left_alone_runs_out_and_a_used_one_goes_on_until_its_last_hour(entered: Board) -> None:
    for _ in range(23):
        entered.clock.now += 30 * 60
        assert inside(entered)
    entered.clock.now += 31 * 60
    assert not inside(entered)


def test_a_session_left_alone_for_an_hour_is_over(entered: Board) -> None:
    entered.clock.now += 60 * 60 + 1
    assert not inside(entered)


def forgeries() -> list[str]:
    claims = {"jti": "x", "sub": "van-phong", "ver": 1, "iat": 1.8e9, "seen": 1.8e9, "exp": 1.9e9}
    none = (
        "eyJhbGciOiJub25lIn0." + jwt.encode({"alg": "HS256"}, claims, OctKey.import_key("k" * 32)).split(".")[1] + "."
    )
    other = Signer("t" * 40, lambda: 1.8e9)
    ours = Signer(SECRET, lambda: 1.8e9)
    return [
        none,
        other.sign(Purpose.SESSION, claims, 1.9e9),
        ours.sign(Purpose.DEVICE, claims, 1.9e9),
        ours.sign(Purpose.SESSION, claims | {"sub": "nobody"}, 1.9e9),
        ours.sign(Purpose.SESSION, claims | {"ver": 2}, 1.9e9),
        ours.sign(Purpose.SESSION, claims, 1.7e9),
        jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET)),
        "a.b.c",
        "..",
        "é",
    ]


@pytest.mark.parametrize("forged", forgeries())
def test_a_forged_cookie_opens_nothing(guarded: Board, forged: str) -> None:
    guarded.account("van-phong")
    turned = guarded.browser.get("/page", headers={"cookie": f"nhip_session={forged}".encode()})
    assert turned.status_code == 303


@given(st.data())
def test_no_text_but_the_signed_one_is_read(data: st.DataObject) -> None:
    signer = Signer(SECRET, lambda: 1.8e9)
    signed = signer.sign(Purpose.SESSION, {"sub": "a"}, 1.9e9)
    place = data.draw(st.integers(0, len(signed) - 1))
    changed = signed[:place] + data.draw(st.characters(min_codepoint=33, max_codepoint=382)) + signed[place + 1 :]
    read = signer.read(Purpose.SESSION, changed)
    # The last sign of a base64 text has bits that mean nothing: another spelling of the same text is no forgery.
    assert read is None or read == {"sub": "a", "exp": 1_900_000_000}
    assert signer.read(Purpose.SESSION, data.draw(st.text())) is None


def test_changing_ones_own_password_ends_the_other_sessions_and_keeps_this_one(entered: Board) -> None:
    other = entered.another()
    entered.log_in("van-phong", browser=other)
    form = {"old": PASSWORD, "new": "another good password", "repeated": "another good password"}
    form["csrf"] = entered.token(page="/account")
    assert entered.browser.post("/account/password", data=form).status_code == 303
    assert inside(entered)
    assert other.get("/page").status_code == 303
    assert entered.log_in("van-phong", "another good password", browser=other).status_code == 303


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"old": "wrong"}, 401), ({"repeated": "x"}, 400), ({"new": "short", "repeated": "short"}, 400)],
)
def test_a_password_is_not_changed_by_mistake(entered: Board, wrong: dict[str, str], status: int) -> None:
    form = {"old": PASSWORD, "new": "another good password", "repeated": "another good password"} | wrong
    form["csrf"] = entered.token(page="/account")
    assert entered.browser.post("/account/password", data=form).status_code == status
    assert inside(entered)


def test_logging_out_everywhere_ends_all_sessions(entered: Board) -> None:
    other = entered.another()
    entered.log_in("van-phong", browser=other)
    token = entered.token(page="/account")
    assert entered.browser.post("/account/sessions", headers={"x-csrf-token": token}).status_code == 303
    assert not inside(entered)
    assert other.get("/page").status_code == 303

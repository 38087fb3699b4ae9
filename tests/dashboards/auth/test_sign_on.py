"""Single sign-on against a provider that does right, and wrong in every way we know."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from httpx2 import Response
from joserfc.jwk import ECKey, RSAKey

from dashboards.auth.account import Role
from dashboards.auth.provider import role_in
from dashboards.auth.security import Provider
from tests.dashboards.auth.issuer import CLIENT, PASSWORD, SHARED, Issuer, issuer
from tests.dashboards.auth.support import Board, Clock, board

ROLES = (("it-admins", Role.ADMIN), ("editors", Role.EDITOR), ("staff", Role.VIEWER))


@pytest.fixture
def provider() -> Iterator[Issuer]:
    with issuer(Clock().now) as it:
        yield it


@pytest.fixture
def signing(clickhouse: str, provider: Issuer) -> Iterator[Board]:
    known = Provider(provider.url, CLIENT, PASSWORD, "groups", ROLES)
    with board(clickhouse, provider=known, login_required=False) as it:
        yield it


def sign_on(made: Board, provider: Issuer, **changed: str) -> Response:
    gone = made.browser.get("/login/sso?next=/page?a=1")
    assert gone.status_code == 303
    return made.browser.get("/login/sso/back", params=provider.authorize(gone.headers["location"]) | changed)


def test_who_the_provider_knows_comes_in_with_the_role_it_gives(signing: Board, provider: Issuer) -> None:
    assert signing.browser.get("/page").status_code == 303
    assert "/login/sso?next=/" in signing.browser.get("/login").text
    entered = sign_on(signing, provider)
    assert (entered.status_code, entered.headers["location"]) == (303, "/page?a=1")
    assert signing.browser.get("/page").text.startswith("<p>viewer sso-")
    assert "van-phong" in signing.browser.get("/account").text
    assert "nhip_sso" not in signing.browser.cookies


def test_the_request_to_the_provider_is_bound_to_this_browser(signing: Board, provider: Issuer) -> None:
    asked = [parse_qs(urlsplit(signing.browser.get("/login/sso").headers["location"]).query) for _ in range(2)]
    assert asked[0]["tenant"] == ["1"]
    assert asked[0]["code_challenge_method"] == ["S256"]
    assert asked[0]["redirect_uri"] == ["http://board.example.vn/login/sso/back"]
    assert all(asked[0][name] != asked[1][name] for name in ("state", "nonce", "code_challenge"))
    assert PASSWORD not in str(asked)


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "another"}, {"nonce": None}, {"aud": "another-client"}, {"aud": ["another", "third"]}, {"aud": None},
        {"aud": [CLIENT, "another"]}, {"azp": "another"}, {"iss": "http://127.0.0.1:1"}, {"iss": None}, {"exp": 1.0},
        {"exp": None}, {"exp": "never"}, {"iat": 2e9}, {"sub": None}, {"sub": ""}, {"sub": 1}, {"groups": []},
        {"groups": None}, {"groups": ["strangers"]}, {"groups": {"staff": 1}},
    ],
)  # fmt: skip
def test_a_wrong_claim_keeps_them_out(signing: Board, provider: Issuer, wrong: dict[str, Any]) -> None:
    provider.wrong = wrong
    assert sign_on(signing, provider).status_code == 403
    assert signing.browser.get("/page").status_code == 303


def test_a_wrong_signature_keeps_them_out(signing: Board, provider: Issuer) -> None:
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    assert sign_on(signing, provider).status_code == 403


@pytest.mark.parametrize(("algorithm", "key"), [("none", None), ("HS256", SHARED)])
def test_a_signature_that_anybody_could_make_keeps_them_out(
    signing: Board, provider: Issuer, algorithm: str, key: object
) -> None:
    provider.algorithm, provider.signs_with = algorithm, key
    assert sign_on(signing, provider).status_code == 403


def test_new_keys_of_the_provider_are_found(signing: Board, provider: Issuer) -> None:
    assert sign_on(signing, provider).status_code == 303
    provider.codes.add("a code")
    provider.key = RSAKey.generate_key(2048, {"kid": "two", "use": "sig"})
    assert sign_on(signing, provider).status_code == 303
    assert provider.hits.count("/keys") == 2


def test_another_state_is_refused_before_the_provider_is_asked(signing: Board, provider: Issuer) -> None:
    assert sign_on(signing, provider, state="another").status_code == 403
    assert "/token" not in provider.hits


def test_a_code_of_somebody_else_is_refused(signing: Board, provider: Issuer) -> None:
    """Planted in the victim's browser: it was made for another challenge."""
    attacker = signing.another()
    answer = provider.authorize(attacker.get("/login/sso").headers["location"])
    signing.browser.get("/login/sso")
    assert signing.browser.get("/login/sso/back", params=answer).status_code == 403
    assert signing.another().get("/login/sso/back", params=answer).status_code == 400


def test_an_answer_serves_once(signing: Board, provider: Issuer) -> None:
    gone = signing.browser.get("/login/sso").headers["location"]
    answer = provider.authorize(gone)
    kept = signing.browser.cookies["nhip_sso"]
    assert signing.browser.get("/login/sso/back", params=answer).status_code == 303
    thief = signing.another()
    thief.cookies.set("nhip_sso", kept)
    assert thief.get("/login/sso/back", params=answer).status_code == 403


def test_whoever_takes_too_long_starts_again(signing: Board, provider: Issuer) -> None:
    answer = provider.authorize(signing.browser.get("/login/sso").headers["location"])
    signing.clock.now += 601
    assert signing.browser.get("/login/sso/back", params=answer).status_code == 400


def test_a_refusal_by_the_provider_is_one_here(signing: Board, provider: Issuer) -> None:
    answer = provider.authorize(signing.browser.get("/login/sso").headers["location"])
    refused = signing.browser.get("/login/sso/back", params={"state": answer["state"], "error": "access_denied"})
    assert refused.status_code == 403


def test_a_provider_that_is_down_is_told_from_one_that_refuses(signing: Board, provider: Issuer) -> None:
    provider.status = 500
    down = signing.browser.get("/login/sso")
    assert down.status_code == 503
    assert "không trả lời" in down.text


def test_a_provider_that_goes_down_midway(signing: Board, provider: Issuer) -> None:
    answer = provider.authorize(signing.browser.get("/login/sso").headers["location"])
    provider.status = 502
    assert signing.browser.get("/login/sso/back", params=answer).status_code == 503


@pytest.mark.parametrize("metadata", [{"issuer": "http://127.0.0.1:1"}, {"issuer": None}])
def test_a_provider_by_another_name_is_not_ours(signing: Board, provider: Issuer, metadata: dict[str, Any]) -> None:
    provider.metadata = metadata
    assert signing.browser.get("/login/sso").status_code == 503


def test_the_secret_goes_by_form_where_the_provider_wants_it_so(signing: Board, provider: Issuer) -> None:
    provider.metadata = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert sign_on(signing, provider).status_code == 303


def test_a_key_of_another_kind_is_as_good(signing: Board, provider: Issuer) -> None:
    provider.key, provider.algorithm = ECKey.generate_key("P-256", {"kid": "one", "use": "sig"}), "ES256"  # type: ignore[assignment]
    assert sign_on(signing, provider).status_code == 303


def test_whom_we_disabled_stays_out_and_a_new_role_holds(signing: Board, provider: Issuer) -> None:
    assert sign_on(signing, provider).status_code == 303
    [name] = signing.guard.accounts.all()
    provider.codes.add("a code")
    provider.wrong = {"groups": ["staff", "it-admins"]}
    assert sign_on(signing, provider).status_code == 303
    assert signing.browser.get("/page").text == f"<p>admin {name}</p>"
    signing.administration().disable(name)
    provider.codes.add("a code")
    signing.clock.now += 6
    assert signing.browser.get("/page").status_code == 303
    assert sign_on(signing, provider).status_code == 403
    assert signing.guard.history.newest(1)[0].what == "login refused"


def test_no_password_opens_an_account_of_single_sign_on(signing: Board, provider: Issuer) -> None:
    assert sign_on(signing, provider).status_code == 303
    [name] = signing.guard.accounts.all()
    for password in ("", "x", "no account has this password"):
        assert signing.log_in(name, password, signing.another()).status_code == 401


def test_a_board_without_a_provider_has_no_such_door(guarded: Board) -> None:
    assert guarded.browser.get("/login/sso").status_code == 404
    assert guarded.browser.get("/login/sso/back").status_code == 400


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({"realm": {"roles": ["a", "b"]}}, Role.EDITOR),
        ({"realm": {"roles": "a"}}, Role.VIEWER),
        ({"realm": {"roles": 7}}, None),
        ({"realm": "roles"}, None),
        ({"realm": {"roles": [["a"], {"b": 1}, None]}}, None),
        ({}, None),
    ],
)
def test_the_highest_role_that_is_mapped_is_given(claims: dict[str, Any], role: Role | None) -> None:
    roles = (("a", Role.VIEWER), ("b", Role.EDITOR))
    assert role_in(claims, Provider("", "", "", "realm.roles", roles)) == role
    assert role_in(claims, Provider("", "", "", "realm.roles", (("*", Role.VIEWER),))) == Role.VIEWER

"""Whether a board may start, and how it is guarded then."""

import stat
from pathlib import Path

import pytest

from dashboards.auth.account import Account, Role
from dashboards.auth.accounts import Accounts
from dashboards.auth.rows import Rows
from dashboards.auth.security import Provider
from deploy.guarding import NOBODY, require_somebody, security
from deploy.migrate import migrate
from deploy.secret import secret
from deploy.settings import Settings
from metrics.errors import Misconfigured
from tests.support.store import store

OIDC = {
    "NHIP_OIDC_ISSUER": "https://id.example.vn/realms/tinh",
    "NHIP_OIDC_CLIENT_ID": "nhip",
    "NHIP_OIDC_CLIENT_SECRET": "of the client",
    "NHIP_OIDC_ROLES": "admin=it-admins, viewer=*",
}


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("NHIP_DATA", str(tmp_path))
    return monkeypatch


def test_on_this_machine_alone_nobody_needs_to_log_in(given: pytest.MonkeyPatch) -> None:
    found = security(Settings.read(), "http://w:p@h/d")
    assert not found.login_required
    assert found.public_url == "http://127.0.0.1:8600"
    given.setenv("NHIP_LOGIN", "1")
    assert security(Settings.read(), "http://w:p@h/d").login_required


@pytest.mark.parametrize("address", ["0.0.0.0:8600", "10.1.2.3:8600", "[::]:8600", "board:8600", "[2001:db8::1]:80"])
def test_a_board_that_others_reach_needs_its_name_and_a_login(given: pytest.MonkeyPatch, address: str) -> None:
    given.setenv("NHIP_BOARD", address)
    with pytest.raises(Misconfigured, match="NHIP_PUBLIC_URL"):
        security(Settings.read(), "")
    given.setenv("NHIP_PUBLIC_URL", "https://board.example.vn/")
    found = security(Settings.read(), "")
    assert found.login_required
    assert found.https
    assert found.hosts == {"127.0.0.1", "localhost", "::1", "board.example.vn"}


def test_a_board_behind_a_proxy_is_reached_by_others_too(given: pytest.MonkeyPatch) -> None:
    given.setenv("NHIP_PUBLIC_URL", "https://board.example.vn")
    assert security(Settings.read(), "").login_required


def test_a_provider_is_told_whole_or_not_at_all(given: pytest.MonkeyPatch) -> None:
    given.setenv("NHIP_OIDC_ISSUER", OIDC["NHIP_OIDC_ISSUER"])
    with pytest.raises(Misconfigured, match="NHIP_OIDC_CLIENT_ID, NHIP_OIDC_CLIENT_SECRET, NHIP_OIDC_ROLES"):
        security(Settings.read(), "")
    for name, value in OIDC.items():
        given.setenv(name, value)
    roles = (("it-admins", Role.ADMIN), ("*", Role.VIEWER))
    assert security(Settings.read(), "").provider == Provider(
        OIDC["NHIP_OIDC_ISSUER"], "nhip", "of the client", "groups", roles
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NHIP_SECRET", "too short a secret"),
        ("NHIP_PUBLIC_URL", "board.example.vn"),
        ("NHIP_PUBLIC_URL", "https://board.example.vn/path"),
        ("NHIP_PROXIES", "everybody"),
        ("NHIP_OIDC_ISSUER", "http://id.example.vn"),
        ("NHIP_OIDC_ROLES", "root=it-admins"),
        ("NHIP_OIDC_ROLES", "admin="),
        ("NHIP_LOOKUPS_PER_MINUTE", "0"),
        ("NHIP_SESSION_MINUTES", "1"),
    ],
)
def test_a_wrong_setting_is_named_and_a_secret_one_not_shown(given: pytest.MonkeyPatch, name: str, value: str) -> None:
    given.setenv(name, value)
    with pytest.raises(Misconfigured, match=f"^{name}: ") as problem:
        Settings.read()
    assert name != "NHIP_SECRET" or value not in str(problem.value)


def test_nothing_secret_is_shown_of_a_guard(given: pytest.MonkeyPatch) -> None:
    for name, value in OIDC.items():
        given.setenv(name, value)
    given.setenv("NHIP_SECRET", "k" * 40)
    shown = repr(security(Settings.read(), "http://writer:pass-word@h/d")) + repr(Settings.read())
    assert not [one for one in ("of the client", "k" * 40, "pass-word") if one in shown]


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "data" / "board-secret"
    made = secret(path)
    assert (len(made), secret(path)) == (64, made)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_board_for_others_needs_somebody_who_can_log_in(given: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with store(tmp_path) as running:
        migrate(running.url)
        accounts = Accounts(Rows(running.url), lambda: 1.8e9)
        require_somebody(security(Settings.read(), running.url))
        given.setenv("NHIP_LOGIN", "1")
        guarded = security(Settings.read(), running.url)
        for nobody in (
            None,
            Account("van-phong", "", Role.ADMIN, "hash", disabled=True),
            Account("sso-1", "", Role.ADMIN),
        ):
            if nobody:
                accounts.put(nobody)
            with pytest.raises(Misconfigured) as problem:
                require_somebody(guarded)
            assert problem.value.problems == (NOBODY,)
        accounts.put(Account("van-phong", "", Role.ADMIN, "hash"))
        require_somebody(guarded)

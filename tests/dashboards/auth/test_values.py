"""Passwords, names and addresses, without a board."""

from ipaddress import ip_address, ip_network
from unicodedata import normalize
from urllib.parse import urljoin, urlsplit

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import HTTPConnection

from dashboards.auth.account import is_name, is_title
from dashboards.auth.address import client, one_source, truncated
from dashboards.auth.pages import local
from dashboards.auth.passwords import HASHER, Passwords, problems

CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
ADDRESSES = st.ip_addresses().map(str)


@pytest.mark.parametrize(
    "password",
    [
        "", "ngắn", "a" * 16, "ab" * 8, "123456789012", "987654321098", "abcdefghijklmn", "x van-phong 2026 y",
        "X VAN-PHONG 2026", "mưa rơi " * 60,
    ],
)  # fmt: skip
def test_a_poor_password_is_refused(password: str) -> None:
    assert list(problems(password, "van-phong"))


@pytest.mark.parametrize(
    "password", ["bốn từ không liên quan", "Tr0ub4dor&3 hay", "correct horse battery", "mưa rơi trên mái"]
)
def test_a_good_one_is_not(password: str) -> None:
    assert not list(problems(password, "van-phong"))


@given(st.text(min_size=1, max_size=40), st.text(max_size=40))
def test_a_hash_knows_its_own_password_alone(password: str, other: str) -> None:
    stored = CHEAP.hashed(password)
    assert password not in stored or len(password) < 3
    assert CHEAP.right(password, stored)
    assert CHEAP.right(other, stored) == (normalize("NFKC", password) == normalize("NFKC", other))


@pytest.mark.parametrize("stored", ["", "plain text", "$argon2id$v=19$broken", "$2b$12$aaaaaaaaaaaaaaaaaaaaaa"])
def test_no_password_is_right_for_what_is_no_hash(stored: str) -> None:
    assert not CHEAP.right("no account has this password", stored)


def test_the_cost_is_one_that_owasp_lists() -> None:
    assert HASHER.hash("x").startswith("$argon2id$v=19$m=47104,t=1,p=1$")


@given(st.text(max_size=40))
def test_a_name_is_safe_anywhere(name: str) -> None:
    if is_name(name):
        assert name.isascii()
        assert not set(name) & set(" /\\'\"<>{}%&?#;\r\n\t$`")
        assert not name.startswith("sso-")


@given(st.text(max_size=100))
def test_a_title_is_one_line(title: str) -> None:
    if is_title(title):
        assert len(title.splitlines()) <= 1


@given(st.text() | st.text("/\\.:@?#%ae \t\r\n"))
def test_a_place_to_go_on_to_is_always_on_this_host(page: str) -> None:
    """As browsers read it: backslashes are slashes, tabs and line ends are nothing."""
    seen = local(page).replace("\\", "/").translate({9: None, 10: None, 13: None})
    assert urlsplit(urljoin("http://board.example.vn/login", seen)).netloc == "board.example.vn"


def seen_by(peer: str, forwarded: str, *proxies: str) -> str:
    scope = {"type": "http", "client": (peer, 1), "headers": [(b"x-forwarded-for", forwarded.encode())]}
    return client(HTTPConnection(scope), proxies)


@given(ADDRESSES, st.text("0123456789abcdef.:, "))
def test_nobody_can_choose_the_address_they_come_from(peer: str, claimed: str) -> None:
    assert seen_by(peer, claimed) == str(mapped(peer))
    if ip_address(peer) not in ip_network("10.0.0.0/8"):
        assert ip_address(seen_by(peer, claimed, "10.0.0.0/8")) == mapped(peer)


@given(ADDRESSES, st.lists(ADDRESSES, max_size=3))
def test_behind_our_proxy_the_last_address_it_added_counts(real: str, claimed: list[str]) -> None:
    if ip_address(real) not in ip_network("10.0.0.0/8"):
        assert ip_address(seen_by("10.0.0.1", ", ".join([*claimed, real]), "10.0.0.0/8")) == mapped(real)


def mapped(address: str) -> object:
    found = ip_address(address)
    return getattr(found, "ipv4_mapped", None) or found


def test_two_proxies_in_a_row_and_what_is_no_address() -> None:
    assert seen_by("10.0.0.1", "203.0.113.5, 10.0.0.2", "10.0.0.0/8") == "203.0.113.5"
    assert seen_by("10.0.0.1", "unknown", "10.0.0.0/8") == "10.0.0.1"
    assert seen_by("10.0.0.1", "", "10.0.0.0/8") == "10.0.0.1"


@given(ADDRESSES)
def test_the_history_holds_no_single_machine(address: str) -> None:
    kept = ip_network(truncated(address))
    assert kept.num_addresses >= 256
    assert one_source(address) == address or ip_network(one_source(address)).prefixlen == 64
    assert truncated("not an address") == ""

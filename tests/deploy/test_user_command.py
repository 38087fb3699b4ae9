"""`nhip user`, as an administrator types it."""

import json
from dataclasses import replace

import pytest

from tests.support.terminal import Terminal

PASSWORD = "bốn từ không liên quan"  # noqa: S105


def keeps_secrets(said: str) -> None:
    assert PASSWORD not in said
    assert "$argon2" not in said


@pytest.fixture
def nhip(terminal: Terminal) -> Terminal:
    return replace(terminal, before=("user",), looks_at=keeps_secrets)


def test_an_account_from_its_beginning_to_its_end(nhip: Terminal) -> None:
    assert (
        nhip("add", "van-phong", "--role", "viewer", "--title", "Văn phòng", "--password-stdin", typed=f"{PASSWORD}\n")[
            0
        ]
        == 0
    )
    assert nhip("role", "van-phong", "--role", "editor")[0] == 0
    assert nhip("password", "van-phong", "--password-stdin", typed="another good password\n")[0] == 0
    assert nhip("end-sessions", "van-phong")[0] == 0
    assert nhip("disable", "van-phong")[0] == 0
    assert json.loads(nhip("list", "--json")[1]) == [
        {"name": "van-phong", "title": "Văn phòng", "role": "editor", "login": "password", "disabled": True}
    ]
    assert nhip("enable", "van-phong")[0] == 0
    done = [(event["what"], event["actor"]) for event in json.loads(nhip("history", "--json")[1])]
    words = ["enabled", "disabled", "all sessions ended", "password changed", "role changed", "added"]
    assert done == [(word, "terminal") for word in words]
    assert "Văn phòng" in nhip("list")[1]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ((), "WHAT: one of"),
        (("remove", "x"), "WHAT: one of"),
        (("add", "x1"), "--role: one of"),
        (("add", "--role", "root"), "NAME: say which"),
        (("list", "x1"), "NAME: not for"),
        (("disable", "x1", "--role", "admin"), "--role: only for"),
        (("disable", "x1", "--title", "y"), "--title: only for"),
        (("role", "x1", "--role", "admin", "--password-stdin"), "--password-stdin: only for"),
        (("disable", "nobody-here"), "no such account"),
        (("role", "sso-1", "--role", "admin"), "the identity provider decides"),
    ],
)
def test_a_wrong_word_is_named(nhip: Terminal, words: tuple[str, ...], problem: str) -> None:
    status, out, err = nhip(*words)
    assert (status, out) == (2, "")
    assert problem in err


@pytest.mark.parametrize(
    ("name", "typed", "problem"),
    [
        ("kho-bac", "short", "12 characters"),
        ("kho-bac", "", "12 characters"),
        ("kho-bac", "the kho-bac 2026", "name"),
        ("Nguyễn Văn A", PASSWORD, "the name needs"),
        ("a@b.vn", PASSWORD, "the name needs"),
        ("sso-x", PASSWORD, "the name needs"),
    ],
)
def test_a_poor_name_or_password_makes_no_account(nhip: Terminal, name: str, typed: str, problem: str) -> None:
    status, _, err = nhip("add", name, "--role", "viewer", "--password-stdin", typed=typed)
    assert status == 2
    assert problem in err
    assert name not in nhip("list", "--json")[1]


def test_an_account_is_not_added_twice(nhip: Terminal) -> None:
    words = ("add", "tu-phap", "--role", "viewer", "--password-stdin")
    assert [nhip(*words, typed=PASSWORD)[0] for _ in range(2)] == [0, 2]


def test_without_a_terminal_the_password_is_not_asked_for(nhip: Terminal) -> None:
    status, _, err = nhip("password", "van-phong", typed=PASSWORD)
    assert status == 2
    assert "--password-stdin" in err

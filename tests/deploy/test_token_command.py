"""`nhip token`, and what a running ingest knows of it."""

import asyncio
import json
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from dashboards.auth.history import History, What
from dashboards.auth.rows import Rows
from deploy.push import require_tokens
from deploy.settings import Settings
from deploy.tokens import Brakes, Known, Tokens
from ingest.push.sender import Sender
from metrics.errors import Misconfigured
from tests.support.terminal import Terminal


@pytest.fixture
def nhip(terminal: Terminal, url: str) -> Iterator[Terminal]:
    yield replace(terminal, before=("token",))
    Rows(url).tell("TRUNCATE TABLE board_token")


def test_a_token_from_its_beginning_to_its_end(nhip: Terminal, url: str) -> None:
    words = ("--kinds", "dossiers, progress", "--agencies", "H07.14", "--per-minute", "30")
    status, said, _ = nhip("add", "mot-cua", *words)
    made = said.strip()
    assert status == 0
    known = Known(Tokens(Rows(url), time.time).all, time.monotonic)
    assert whose(known, made) == Sender("mot-cua", frozenset({"dossiers", "progress"}), frozenset({"H07.14"}), 30)
    assert whose(known, made + "x") is None
    assert made not in str(Rows(url).ask("SELECT * FROM board_token"))
    assert nhip("add", "mot-cua")[0] == 1  # one at a time
    listed = nhip("list")[1] + nhip("list", "--json")[1]
    assert "mot-cua" in listed
    assert made not in listed
    assert nhip("revoke", "mot-cua")[0] == 0
    assert whose(known, made) is not None  # not asked again
    known = Known(Tokens(Rows(url), time.time).all, time.monotonic)
    assert whose(known, made) is None
    assert nhip("revoke", "mot-cua")[0] == 1
    assert json.loads(nhip("list", "--json")[1])[0]["revoked"]
    again = json.loads(nhip("add", "mot-cua", "--json")[1])["token"]
    done = [(event.what, event.account) for event in History(Rows(url), time.time).newest(3)]
    assert done == [(What.TOKEN_ADDED, "mot-cua"), (What.TOKEN_REVOKED, "mot-cua"), (What.TOKEN_ADDED, "mot-cua")]
    assert whose(known, again) is not None  # made after it was last read
    assert whose(known, made) is None


def whose(known: Known, token: str) -> Sender | None:
    return asyncio.run(known.sender(token))


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ((), "WHAT: one of"),
        (("add",), "NAME: say which"),
        (("list", "x"), "NAME: not for"),
        (("add", "Nguyễn Văn A"), "NAME: up to 64"),
        (("add", "mot-cua", "--kinds", "dossiers,moon"), "--kinds: moon"),
        (("add", "mot-cua", "--per-minute", "0"), "--per-minute: give a whole number"),
        (("revoke", "mot-cua", "--kinds", "dossiers"), "--kinds, --agencies and --per-minute"),
    ],
)
def test_what_cannot_be_done_is_said(nhip: Terminal, words: tuple[str, ...], problem: str) -> None:
    status, _, said = nhip(*words)
    assert status == 2
    assert problem in said


def test_an_ingest_that_others_reach_needs_a_token(nhip: Terminal, url: str) -> None:
    read = Tokens(Rows(url), time.time).all
    open_to_all = Settings.read(ingest="0.0.0.0:8601")
    require_tokens(Settings.read(), Known(read, time.monotonic))
    with pytest.raises(Misconfigured, match="nhip token add"):
        require_tokens(open_to_all, Known(read, time.monotonic))
    nhip("add", "mot-cua")
    require_tokens(open_to_all, Known(read, time.monotonic))


def test_each_sender_has_a_brake_of_its_own() -> None:
    brakes = Brakes(lambda: 0.0)
    slow, quick = Sender("slow", per_minute=3), Sender("quick", per_minute=600)
    assert [brakes.wait(slow), brakes.wait(slow), brakes.wait(quick)] == [0.0, 20.0, 0.0]

"""`nhip close` and `nhip kpi --as-closed`, as staff type them."""

import json
import os
import pwd

import pytest

from dashboards.closing.closes import closes
from deploy.commands.close import login
from streams.state import connect
from tests.support.filling import fill, province
from tests.support.terminal import Terminal

USUAL = ("--family", "headline")


@pytest.fixture(scope="module")
def loaded(url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    fill(connect(url), province(tmp_path_factory.mktemp("drop"), 60, seed=3))
    return url


@pytest.fixture
def nhip(terminal: Terminal, loaded: str) -> Terminal:
    return terminal


def figures(nhip, *words):
    status, out, _ = nhip("kpi", "--json", *words)
    assert status == 0
    return json.loads(out)


def test_what_a_close_does_not_keep_is_told(nhip):
    assert nhip("close", "2026-04", *USUAL)[0] == 0
    status, out, err = nhip("kpi", "--period", "2026-04", "--agency", "H99", "--by", "channel", "--as-closed")
    assert (status, out) == (2, "")
    assert "whole province alone" in err


def test_a_period_is_closed_and_read_as_it_was(nhip, loaded):
    where = (
        ("--period", "2026-05"),
        ("--period", "2026-05", "--by", "channel"),
        ("--period", "2026-05", "--agency", "H99"),
        ("--period", "2026-05", "--agency", "H99.20", "--by", "agency"),
    )
    assert nhip("kpi", *where[0], "--as-closed")[::2] == (
        1,
        "nhip: 2026-05 was not closed: `nhip close 2026-05` does that once the period is over\n",
    )
    before = [figures(nhip, *words) for words in where]
    status, out, err = nhip("close", "2026-05", *USUAL, "--why", "báo cáo tháng 5", "--json")
    assert status == 0
    said = json.loads(out)
    assert (said["period"], said["why"]) == ("2026-05", "báo cáo tháng 5")
    assert said["who"] == pwd.getpwuid(os.getuid()).pw_name
    assert f"2026-05 is closed: by {said['who']}" in err
    client = connect(loaded)
    client.command(
        "INSERT INTO kpi_cell SELECT * REPLACE(received + 1 AS received, version + 1 AS version) FROM kpi_cell FINAL"
    )
    assert [figures(nhip, *words, "--as-closed") for words in where] == before
    assert figures(nhip, *where[0]) != before[0]
    assert "theo số đã chốt" in nhip("kpi", *where[0], "--as-closed")[1]
    status, out, err = nhip("close", "2026-05", *USUAL)
    assert (status, out) == (1, "")
    assert "has changed since" in err
    assert "then without" in nhip("close", "2026-05")[2]
    assert list(closes(client)) == ["2026-05", "2026-04"]


def test_a_period_that_is_not_over_is_refused(nhip):
    status, out, err = nhip("close", "2298")
    assert (status, out) == (1, "")
    assert "2298 is not over before the end of 31/12/2298" in err


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ((), "PERIOD: say which, as 2022"),
        (("2026-13",), "PERIOD: not a period"),
        (("2026-05", "--why", "x" * 501), "--why: at most 500 characters"),
        (("2026-05", "--family", "qd767"), "--family: one of headline"),
    ],
)
def test_wrong_words_are_named(nhip, words, problem):
    status, out, err = nhip("close", *words)
    assert (status, out) == (2, "")
    assert problem in err


def test_somebody_without_a_name_is_named_by_number():
    assert login(4_000_000_000) == "uid 4000000000"

"""What every answer carries, and which names we answer to."""

import logging

import pytest

from dashboards.headers import HEADERS
from tests.dashboards.auth.support import Board, board


@pytest.mark.parametrize(
    "page", ["/", "/login", "/api/v1/secret", "/tra-cuu/test", "/nothing-here", "/static/x", "/csp-report"]
)
def test_every_answer_carries_them(guarded: Board, page: str) -> None:
    answered = guarded.browser.get(page)
    assert [answered.headers[name] for name in HEADERS] == list(HEADERS.values())
    assert "strict-transport-security" not in answered.headers
    assert answered.headers["cache-control"] in {"private, no-cache", "no-store"}


def test_nothing_may_run_that_is_not_ours() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "*" not in policy
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")


def test_a_fault_of_ours_shows_nothing_of_the_inside_and_carries_them_too(guarded: Board) -> None:
    guarded.account("van-phong")
    guarded.log_in("van-phong")
    fault = guarded.browser.get("/broken")
    assert fault.status_code == 500
    assert "secret" not in fault.text
    assert "Traceback" not in fault.text
    assert fault.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


def test_https_is_for_good(clickhouse: str) -> None:
    with board(clickhouse, public_url="https://board.example.vn") as made:
        assert made.browser.get("/login").headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize(
    "name", ["127.0.0.1:8600", "localhost", "[::1]:8600", "board.example.vn", "BOARD.example.vn:80"]
)
def test_our_own_names_are_answered(guarded: Board, name: str) -> None:
    assert guarded.browser.get("/tra-cuu/test", headers={"host": name}).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "evil.example",
        "board.example.vn.evil.example",
        "",
        "127.0.0.1.nip.io",
        "evil.example:8600",
        "[::2]",
        "localhost@evil.example",
    ],
)
def test_a_strangers_name_for_our_address_is_not(guarded: Board, name: str) -> None:
    assert guarded.browser.get("/tra-cuu/test", headers={"host": name}).status_code == 421


def test_reports_of_browsers_are_one_line_each_in_the_log(guarded: Board, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        sent = guarded.browser.post("/csp-report", content='{"csp-report": {"blocked-uri": "x\r\ny ế"}}')
    assert sent.status_code == 204
    [line] = [record.getMessage() for record in caplog.records if "browser reports" in record.getMessage()]
    assert line.isascii()
    assert "\n" not in line
    assert guarded.browser.post("/csp-report", content=b"x" * 20_000).status_code == 413

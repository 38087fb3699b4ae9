"""The page of digests on a guarded board: who may look sees what was sent, and what is shown may do nothing."""

import io

import pypdf
import pytest

from dashboards.digest.letter import Form, part
from metrics.period import parse
from tests.dashboards.auth.support import board
from tests.dashboards.digest.conftest import MONDAY, publisher
from tests.dashboards.digest.models import HOSTILE, plain_digest

WEEK = parse("2026-W46")
ISSUE = {"period": "2026-W46", "revision": "1"}


@pytest.fixture
def guarded(clickhouse):
    digest = plain_digest(promised=(HOSTILE,))
    made = publisher(clickhouse, reads=lambda *_: digest).first(WEEK, None, MONDAY)
    with board(clickhouse) as found:
        found.account("xem")
        yield found, made.issue


def test_a_viewer_reads_each_issue_in_every_form(guarded):
    site, issue = guarded
    assert site.browser.get("/digest").status_code == 303
    assert site.browser.get("/digest/issue", params=ISSUE).status_code == 303
    site.log_in("xem")
    listed = site.browser.get("/digest").text
    assert issue.subject in listed
    assert "đang gửi lại: 1" in listed
    assert 'aria-current="page">Bản tin' in listed
    for form in Form:
        answer = site.browser.get("/digest/issue", params=ISSUE | {"form": form})
        assert (answer.status_code, answer.content) == (200, part(issue.mail, form))
    assert pypdf.PdfReader(io.BytesIO(part(issue.mail, Form.PDF))).pages


def test_the_list_is_there_as_json(guarded):
    site, issue = guarded
    assert site.browser.get("/api/v1/digests").status_code == 401
    site.log_in("xem")
    (one,) = site.browser.get("/api/v1/digests").json()
    assert (one["period"], one["revision"], one["subject"]) == ("2026-W46", 1, issue.subject)
    assert one["outcomes"] == {"waiting": 1}
    assert site.browser.get(f"/digest/issue?period={one['period']}&revision={one['revision']}").status_code == 200


def test_what_is_shown_is_closed_off(guarded):
    site, _ = guarded
    site.log_in("xem")
    answer = site.browser.get("/digest/issue", params={"period": "2026-W46"})
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "<script>" not in answer.text
    assert "script-src 'self'" in site.browser.get("/digest").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [({"revision": "9"}, 404), ({"agency": "H07"}, 404), ({"period": "x"}, 400), ({"form": "exe"}, 400),
     ({"revision": "0"}, 400)],
)  # fmt: skip
def test_what_is_not_there_is_told(guarded, asked, status):
    site, _ = guarded
    site.log_in("xem")
    assert site.browser.get("/digest/issue", params=ISSUE | asked).status_code == status


def test_before_the_first_one_it_says_how_to_begin(clickhouse):
    with board(clickhouse) as site:
        site.account("xem")
        site.log_in("xem")
        assert "NHIP_DIGEST_RECIPIENTS" in site.browser.get("/digest").text
        assert "No digest has been sent" in site.browser.get("/digest?lang=en").text

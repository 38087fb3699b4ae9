"""Whatever is put into whichever parameter of whichever route: no fault, no leak, nothing carried out."""

from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.auth.gate import is_public
from dashboards.store import connect
from tests.dashboards.auth.support import Board
from tests.dashboards.security.conftest import rows
from tests.dashboards.security.hostile import HOSTILE, harm, names, put_in, routes, usual
from tests.support.store import RunningStore

VALID = {
    "below": "50",
    "target": "50",
    "period": "2027-01",
    "kpi": "online_submission_rate",
    "window": "overdue",
    "check": "no_due_date",
}
NAMED = {
    "/api/v1/pro-forma": {"agency": "H07.14"},
    "/api/v1/calendar": {"year": "2027"},
    "/api/v1/readings": {"at": "2027-01-11T10:05:00+07:00"},
}
LIVE, HEALTH = "/live", "/healthz"  # a stream that does not end; 503 where parts are missing
ALWAYS_READ = ("period", "agency", "kpi", "ma", "cursor")
WORST = "".join(HOSTILE[place] for place in (0, 1, 4, 8, 19))


def ask(province: Board, path: str, named: dict[str, str]) -> list[str]:
    if path == LIVE:  # never a page that is live: its stream does not end
        named = named | {"page": "/nothing" + named.get("page", "")}
    answer = province.browser.get(path, params=named)
    fault = answer.status_code >= 500 and path != HEALTH
    return [f"{answer.status_code}: {answer.text[:300]}"] * fault + harm(answer)


def test_every_parameter_of_every_route(province: Board, running: RunningStore) -> None:
    client = connect(running.url)
    before = rows(client)
    problems = {}
    for path in routes(province.app, "GET"):
        for name in names(province.app):
            asked = VALID | {name: WORST}
            problems[path, name] = ask(province, usual(path), asked)
    assert {where: found for where, found in problems.items() if found} == {}
    assert rows(client) == before


def test_these_parameters_lead_somewhere(province: Board) -> None:
    """Otherwise what follows would only try what is refused anyway."""
    elsewhere = {"/live", "/login", "/login/sso", "/login/sso/back"}
    # Of this province no period was closed, no agency was merged, and no digest was sent.
    absent = ("/api/v1/restatements", "/api/v1/restated", "/api/v1/pro-forma", "/digest/issue")
    nothing = dict.fromkeys(absent, 404) | {"/metrics": 403}  # for this machine alone, or by a token
    paths = set(routes(province.app, "GET")) - elsewhere
    said = {path: province.browser.get(usual(path), params=VALID | NAMED.get(path, {})).status_code for path in paths}
    assert {path: status for path, status in said.items() if status != nothing.get(path, 200)} == {}


def test_every_hostile_text_in_every_path_and_in_the_parameters_that_are_always_read(province: Board) -> None:
    problems = {}
    for path in routes(province.app, "GET"):
        for place, text in enumerate(HOSTILE):
            if "{" in path:
                problems[path, text] = ask(province, put_in(path, text), VALID)
            name = ALWAYS_READ[(place + len(path)) % len(ALWAYS_READ)]
            problems[path, name, text] = ask(province, usual(path), VALID | {name: text})
    assert {where: found for where, found in problems.items() if found} == {}


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_text_anywhere(province: Board, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(routes(province.app, "GET")))
    texts = st.text(max_size=60) | st.sampled_from(HOSTILE)
    named = data.draw(st.dictionaries(st.sampled_from(names(province.app)), texts, max_size=4))
    assert ask(province, put_in(path, data.draw(texts)), VALID | named) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_no_header_and_no_cookie_is_believed(province: Board, text: str) -> None:
    sent = text.encode()[:2000].replace(b"\r", b"").replace(b"\n", b"").replace(b"\0", b"")
    names_ = (
        "user-agent", "referer", "accept-language", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto",
        "forwarded", "x-original-url", "x-rewrite-url", "x-http-method-override", "if-none-match", "range",
    )  # fmt: skip
    stranger = province.another()
    for path in ("/login", "/tra-cuu", "/", "/api/v1/kpi"):
        answer = stranger.get(
            path, headers=dict.fromkeys(names_, sent) | {"cookie": b"lang=" + sent + b"; theme=" + sent}
        )
        assert answer.status_code < 500
        assert harm(answer) == []


@pytest.mark.parametrize(
    "path",
    [
        "/static/../board.py", "/static/%2e%2e/board.py", "/static/..%2fboard.py", "/static/..%5cboard.py",
        "/static//etc/passwd", "/static/%2fetc%2fpasswd", "/static/....//board.py", "/static/%00",
        "/static/" + "a/" * 500, "/static/../static/../app.py",
    ],
)  # fmt: skip
def test_no_file_of_ours_is_served_but_the_static_ones(province: Board, path: str) -> None:
    answer = province.another().get(path)
    assert answer.status_code in {303, 400, 401, 404}
    assert "import" not in answer.text
    assert harm(answer) == []


def test_nobody_unknown_sees_any_route_that_is_not_public(province: Board) -> None:
    stranger = province.another()
    for path in routes(province.app, "GET"):
        at = usual(path)
        answer = stranger.get(at, params={"page": "/nothing"})
        assert is_public(at) or answer.status_code in {303, 401}, path
        assert is_public(at) or "H07" not in answer.text.replace(quote(at, safe=""), "")


def test_the_browser_is_never_sent_to_another_host(province: Board) -> None:
    for path in routes(province.app, "GET"):
        for place in ("https://evil.example", "//evil.example", "/\\evil.example", "\t//evil.example"):
            for name in ("next", "page", "url", "return", "lang"):
                answer = province.browser.get(put_in(path, "x"), params={"page": "/nothing", name: place})
                assert "evil.example" not in answer.headers.get("location", "").partition("?")[0]

"""Maps of a portal's addresses: what they name, from which day on, and what is wrong with one."""

from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.access.page_map import MapSaid, PageMap, read_page_map
from ingest.access.pages import LONGEST
from metrics.errors import Misconfigured

MAP = """
[[pages]]
since = 2026-01-01
submit = ["POST /dvc/tiep-nhan/*/gui", "POST *?*buoc=3*"]
done = ["/dvc/xong"]

[[pages]]
since = 2026-07-01
start = ["/dvc/tiep-nhan/*"]
"""
BEFORE, THEN, LATER = "20251231235900", "20260101000000", "20260701000000"


@pytest.fixture
def read(tmp_path):
    def from_text(text):
        (tmp_path / "portal.toml").write_text(text)
        return read_page_map(tmp_path / "portal.toml")

    return from_text


@pytest.mark.parametrize(
    ("asked", "minute", "expected"),
    [
        ("POST /dvc/tiep-nhan/1.002835/gui HTTP/1.1", THEN, ("submit", "1.002835")),
        ("POST /DVC/tiep%2Dnhan/7/gui?x=1 HTTP/1.1", THEN, ("submit", "")),
        ("POST https://dvc.example/x?a=1&buoc=3&ma=1.002835 HTTP/1.1", THEN, ("submit", "1.002835")),
        ("GET /dvc/tiep-nhan/7/gui HTTP/1.1", THEN, ("other", "")),
        ("GET /dvc/xong?so=7 HTTP/1.1", THEN, ("done", "")),
        ("GET /dvc/xong/nua HTTP/1.1", THEN, ("other", "")),
        ("POST /nop-ho-so HTTP/1.1", BEFORE, ("submit", "")),
        ("POST /nop-ho-so HTTP/1.1", THEN, ("other", "")),
        ("POST /nop-ho-so HTTP/1.1", LATER, ("submit", "")),
        ("GET /dvc/tiep-nhan/7/gui HTTP/1.1", LATER, ("start", "")),
        ("GET /dvc/tiep-nhan/app.js HTTP/1.1", LATER, ("static", "")),
        ("GET /thanh-toan HTTP/1.1", LATER, ("pay", "")),
        ("-", LATER, ("unreadable", "")),
    ],
)
def test_a_step_is_what_the_map_of_its_day_names(read, asked, minute, expected):
    assert read(MAP).place(asked.encode(), minute) == expected


pieces = st.text("ab/*", max_size=6)


@given(pieces, st.text("ab/", max_size=12))
def test_a_star_is_any_text(pattern, path):
    said = PageMap(MapSaid.model_validate({"pages": [{"since": "2026-01-01", "pay": [f"/{pattern}"]}]}))
    page, _ = said.place(f"GET /{path} HTTP/1.1".encode(), THEN)
    assert (page == "pay") == fnmatchcase(f"/{path}", f"/{pattern}")


def test_many_stars_cost_no_more_than_an_address_is_long():
    patterns = ["/" + "*a" * 60 + "b", "/" + "a*" * 60 + "?x" + "*a" * 60 + "b"]
    said = PageMap(MapSaid.model_validate({"pages": [{"since": "2026-01-01", "pay": patterns}]}))
    for number in range(20):
        asked = b"GET /" + b"a" * LONGEST + b"?x" + b"a" * 65_536 + b"%d HTTP/1.1" % number
        assert said.place(asked, THEN) == ("other", "")  # looking again and again, it would never come to this


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "pages"), ("pages = []", "pages"), ("x = 1", "x"), ("[[pages]]\npay = ['/x']", "since"),
        ("[[pages]]\nsince = 2026-13-01", "TOML"), ("[[pages]]\nsince = 2026-01-01\nlogin = ['/x']", "login"),
        ("[[pages]]\nsince = 2026-01-01\npay = ['x y']", "write an address"),
        ("[[pages]]\nsince = 2026-01-01\npay = []", "pay"),
        (MAP.replace("2026-07-01", "2026-01-01"), "later day"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_map_is_said(read, text, said):
    with pytest.raises(Misconfigured) as wrong:
        read(text)
    assert said in str(wrong.value)
    assert "portal.toml" in str(wrong.value)


def test_a_map_that_is_not_there_is_told(tmp_path):
    with pytest.raises(Misconfigured, match="cannot be read"):
        read_page_map(tmp_path / "none.toml")

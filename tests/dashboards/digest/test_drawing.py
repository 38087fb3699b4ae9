"""Every digest fits on two pages and says the same in HTML, plain text and PDF, whatever names it holds."""

import io
import unicodedata
from html.parser import HTMLParser

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings

from dashboards.digest.document import Picture
from dashboards.digest.letter import Form, letter, opened, part
from dashboards.digest.model import Coverage, State
from dashboards.digest.pdf import pdf
from dashboards.digest.sections import document
from dashboards.digest.text import html, plain, self_contained
from metrics.catalogue.headline import ON_TIME_RESOLUTION
from tests.dashboards.digest.models import HOSTILE, LETTERS, NOW, digests, plain_digest, rate

LINK = "http://board.vn/?period=2026-W46"


def words(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def pages(written: bytes) -> list[str]:
    return [words(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(written)).pages]


class Seen(HTMLParser):
    """The text of a page, and its tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.tags = "", []
        self.feed(page)

    def handle_data(self, data):
        self.text += data

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(digests())
def test_no_digest_is_longer_than_two_pages(digest):
    assert 1 <= len(pages(pdf(document(digest, LINK, ("Đính chính " * 30,) * 30)))) <= 2


def test_all_letters_can_be_read_in_every_form():
    digest = plain_digest(promised=(LETTERS, LETTERS.upper()))
    whole = document(digest, LINK)
    said = (plain(whole), Seen(self_contained(whole)).text, " ".join(pages(pdf(whole))))
    for text in said:
        for letters in (LETTERS, LETTERS.upper()):
            assert words(letters) in words(text).replace(" ", "") or words(letters) in words(text)


def test_the_pdf_is_for_listeners_and_archives_where_its_letters_allow_it():
    for name, kept in (("Sở Y tế", True), ("Sở 😀", False), ("漢\0字", False)):
        written = pdf(document(plain_digest(promised=(name,)), LINK))
        found = pypdf.PdfReader(io.BytesIO(written)).trailer["/Root"]["/Metadata"].get_data()
        assert (b"pdfuaid:part" in found, b"pdfaid:part" in found) == (kept, kept)


def test_names_are_names_and_no_markup():
    whole = document(plain_digest(promised=(HOSTILE,), names={"H07.1": HOSTILE}), LINK)
    page = self_contained(whole)
    assert "<script>" not in page
    assert HOSTILE in Seen(page).text
    assert HOSTILE in plain(whole)
    assert words(HOSTILE).replace("'", "’")[:30] in words(" ".join(pages(pdf(whole)))).replace("'", "’")


def test_a_digest_of_nothing_says_so():
    digest = plain_digest(flow=type(plain_digest().flow)(*[0] * 14), loads=(), coverage=Coverage(0, (), None, 0))
    whole = document(digest, LINK)
    assert "chưa có dữ liệu" in whole.sentences[0]
    assert whole.warnings == ("Chưa có dữ liệu nào về hồ sơ và thanh toán.",)
    assert len(pages(pdf(whole))) <= 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"state": State.RUNNING}, "Kỳ chưa kết thúc"),
        ({"coverage": Coverage(2, ("H07.2",), NOW, 0)}, "1 đơn vị chưa có dữ liệu trong kỳ: Sở C (H07.2)"),
        ({"coverage": Coverage(2, (), NOW, 3 * 8 * 3600)}, "thiếu 3 ngày làm việc"),
    ],
)
def test_incomplete_data_is_said_at_the_top_of_every_form(changes, said):
    whole = document(plain_digest(**changes), LINK)
    assert said in whole.warnings[0]
    first, sentence = pages(pdf(whole))[0], words(whole.sentences[0])[:40]
    for text in (first, words(plain(whole)), words(Seen(self_contained(whole)).text)):
        assert words(said) in text
        assert text.index(words(said)) < text.index(sentence)


def test_complete_data_warns_of_nothing():
    assert document(plain_digest(), LINK).warnings == ()


def test_the_page_is_one_that_can_be_read_aloud():
    trend = tuple(rate(ON_TIME_RESOLUTION, 9, 10, f"2026-W{week}") for week in range(40, 47))
    seen = Seen(self_contained(document(plain_digest(trends=(trend,)), LINK)))
    assert ("html", {"lang": "vi"}) in seen.tags
    assert [tag for tag, _ in seen.tags].count("h1") == 1
    (image,) = [attrs for tag, attrs in seen.tags if tag == "img"]
    assert "Tuần 46/2026: 90,0 %" in image["alt"]
    assert image["src"].startswith("data:image/png;base64,")
    assert all("scope" in attrs for tag, attrs in seen.tags if tag == "th")
    assert not [tag for tag, _ in seen.tags if tag in {"script", "link", "iframe"}]


def test_a_letter_has_text_html_pictures_and_pdf_and_gives_them_back():
    trend = tuple(rate(ON_TIME_RESOLUTION, 9, 10, f"2026-W{week}") for week in range(40, 47))
    whole = document(plain_digest(trends=(trend,)), LINK)
    mail = letter(whole, "2026-W46")
    assert max(map(len, mail.splitlines())) < 998
    kinds = [each.get_content_type() for each in opened(mail).walk() if not each.is_multipart()]
    assert kinds == ["text/plain", "text/html", "image/png", "application/pdf"]
    assert words(part(mail, Form.TEXT).decode()) == words(plain(whole))
    assert part(mail, Form.HTML).decode().count("data:image/png;base64,") == 1
    assert "cid:" not in part(mail, Form.HTML).decode()
    assert len(pages(part(mail, Form.PDF))) <= 2
    assert part(mail, Form.MAIL) == mail


def test_pictures_are_where_the_page_looks_for_them():
    trend = tuple(rate(ON_TIME_RESOLUTION, 9, 10, f"2026-W{week}") for week in range(40, 47))
    whole = document(plain_digest(trends=(trend, trend)), LINK)
    assert sum(isinstance(block, Picture) for block in whole.blocks) == 2
    page = html(whole, lambda at, _: f"picture-{at}")
    assert [attrs["src"] for tag, attrs in Seen(page).tags if tag == "img"] == ["picture-0", "picture-1"]

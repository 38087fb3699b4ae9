"""Access logs: which lines are requests, what is kept of them, and that nothing else is."""

import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.access import reading
from ingest.access.page_map import MapSaid, PageMap
from ingest.access.pages import PAGES, place
from ingest.access.reading import AccessReader
from ingest.access.robots import robot
from ingest.lines import LONGEST
from metrics.errors import Rejected
from metrics.events import REQUEST
from metrics.histogram import UNTOLD, bucket
from metrics.request import BUCKET_AT, BUCKET_BITS, ROBOT_AT, SECOND_AT, SECOND_BITS, STATUS_AT
from metrics.visitors import RANK_BITS, REGISTERS
from tests import oracle_access
from tests.access_lines import TIMES, good, line, logs

PAGE_MAP = PageMap(MapSaid.model_validate({"pages": [{"since": "9999-01-01", "pay": ["/*a*a*?*a*b"]}]}))
PLAIN = ("GET / HTTP/1.1", "200", "Mozilla/5.0", " 0.120")


def read(*lines):
    """The numbers of all requests by minute, page and service, and why lines were rejected."""
    reader, reasons = AccessReader(PAGE_MAP, str.encode), []
    for each in lines:
        try:
            reader.read(each)
        except Rejected as reason:
            reasons.append(str(reason))
    events = [json.loads(event) for _, event in reader.rest()]
    assert {event["kind"] for event in events} <= {"requests"}
    assert {name for event in events for name in event} <= {"kind", *REQUEST.fields}
    marks = [int(mark) for event in events for mark in (event["visitors"] or "0").split(" ")]
    assert max(marks, default=0) < REGISTERS << RANK_BITS
    said = {(e["at"], e["page"], e["procedure"]): [int(n) for n in e["numbers"].split(" ")] for e in events}
    return said, reasons


def test_a_request_is_kept_as_its_minute_page_and_number():
    said, reasons = read(line(TIMES[0], "POST /nop-ho-so?maTTHC=1.002835.H07 HTTP/1.1", "503", "curl/8", " 1.5"))
    ((place, (number,)),) = said.items()
    assert place == ("20211231235900", "submit", "1.002835")
    assert reasons == []
    assert number >> STATUS_AT == 503
    assert (number >> BUCKET_AT) % (1 << BUCKET_BITS) == bucket(1500)
    assert (number >> SECOND_AT) % (1 << SECOND_BITS) == 59
    assert number >> ROBOT_AT & 1


def test_without_a_time_there_is_none():
    for end in ("", " -"):
        ((number,),) = read(line(TIMES[0], "GET / HTTP/1.1", "200", "Mozilla/5.0", end))[0].values()
        assert (number >> BUCKET_AT) % (1 << BUCKET_BITS) == UNTOLD


@given(logs)
def test_lines_are_accepted_dated_and_counted_as_the_oracle_does(lines):
    said, reasons = read(*lines)
    understood = [found for found in map(oracle_access.request, lines) if found is not None]
    assert len(reasons) == len(lines) - len(understood)
    counted = sorted((at[:12], n >> STATUS_AT) for (at, _, _), numbers in said.items() for n in numbers)
    assert counted == sorted((at[:12], int(status)) for at, status in understood)
    assert all(len(set(numbers)) == len(numbers) for numbers in said.values())


@given(st.lists(st.one_of(good, good.map(lambda each: each[:-3])), max_size=12), st.randoms())
def test_the_order_of_lines_means_nothing_and_reading_again_says_the_same(lines, chance):
    said = {place: set(numbers) for place, numbers in read(*lines)[0].items()}
    chance.shuffle(lines)
    assert {place: set(numbers) for place, numbers in read(*lines)[0].items()} == said


@given(st.lists(good, max_size=12), st.integers(0, 12))
def test_a_reader_that_goes_on_in_the_middle_gives_the_same_numbers(lines, sent):
    whole, first, second = AccessReader(), AccessReader(), AccessReader()
    for number, each in enumerate(lines):
        whole.read(each)
        first.read(each) if number < sent else second.read(each)
        if number < sent:
            second.skip(each)
    assert numbers(whole) == sorted(numbers(first) + numbers(second))


def numbers(reader):
    return sorted(n for _, event in reader.rest() for n in json.loads(event)["numbers"].split(" "))


def test_requests_alike_are_told_apart_however_far_apart_as_far_as_is_remembered(monkeypatch):
    monkeypatch.setattr(reading, "REMEMBERED", 3)
    same, others = line(TIMES[0], *PLAIN), [line(TIMES[0], f"GET /{n} HTTP/1.1", *PLAIN[1:]) for n in range(3)]
    assert len(set(read(same, *others, same)[0][("20211231235900", "home", "")])) == 2
    monkeypatch.setattr(reading, "MOST_ALIKE", 2)
    assert "more than" in read(same, same, same)[1][0]


@given(st.binary(max_size=300))
def test_any_bytes_are_a_request_or_rejected(junk):
    read(junk)
    read(line(TIMES[0], *PLAIN) + junk)
    read(line(TIMES[0], *PLAIN).replace(b"GET / HTTP", junk))
    read(line(TIMES[0], *PLAIN).replace(b"Mozilla", junk))


HOSTILE = (
    b"\\" * 65_536, b'\\"' * 32_768, b"GET /" + b"a" * 65_536 + b" HTTP/1.1", b"GET /" + b"%2e" * 20_000,
    b"GET /?" + b"ma=1.002835&" * 6000, b"GET /" + b"../" * 20_000, bytes(range(256)).replace(b"\n", b"") * 256,
    b"A" * 65_536, b"GET " * 16_384, b"\x00" * 65_536, b"GET /" + b"1.002835/" * 8000,
)  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: repr(text[:8]))
def test_a_hostile_line_costs_no_more_than_its_length(hostile):
    whole = line("31/Dec/9999:16:59:59 +0000", *PLAIN)  # a forged time, for which PAGE_MAP holds
    tracemalloc.start()
    for where in (b"GET / HTTP/1.1", b"Mozilla/5.0", b"http://CANARY/?q=1", b"203.0.113.7", b"17", b"[", b" - - "):
        for n in range(40):  # what is remembered of them must not grow
            read(whole.replace(where, hostile + str(n).encode()))
            read(hostile + str(n).encode())
    assert tracemalloc.get_traced_memory()[1] < 40 * LONGEST
    tracemalloc.stop()


@given(logs)
def test_nothing_personal_passes(lines):
    said, reasons = read(*lines)
    passed = json.dumps([[*place] for place in said]) + json.dumps(reasons)
    assert "CANARY" not in passed
    assert "0912345678" not in passed
    assert {page for _, page, _ in said} <= set(PAGES)


@pytest.mark.parametrize(
    ("asked", "page", "service"),
    [
        ("GET / HTTP/1.1", "home", ""),
        ("GET /trang-chu HTTP/1.1", "home", ""),
        ("GET /index.php?x=1 HTTP/1.0", "home", ""),
        ("GET http://portal/tra-cuu HTTP/1.1", "lookup", ""),
        ("GET /thu-tuc/1.002835.000.00.00.H56/chi-tiet HTTP/1.1", "service", "1.002835"),
        ("GET /thu-tuc?ma_tthc=1.002835 HTTP/1.1", "service", "1.002835"),
        ("GET /map?lat=9.123456&long=1.234567 HTTP/1.1", "other", ""),
        ("POST /thanh_toan HTTP/1.1", "pay", ""),
        ("GET /dang-nhap HTTP/1.1", "login", ""),
        ("GET /api/v1/items HTTP/1.1", "api", ""),
        ("GET /assets/App.JS?v=3 HTTP/1.1", "static", ""),
        ("GET /nguyen-van-a HTTP/1.1", "other", ""),
        ("OPTIONS * HTTP/1.1", "other", ""),
        ("-", "unreadable", ""),
        ("\\x16\\x03", "unreadable", ""),
    ],
)
def test_pages(asked, page, service):
    assert place(asked.encode()) == (page, service)


@pytest.mark.parametrize("agent", ["", "-", "Googlebot/2.1", "curl/8.1", "UptimeRobot", "Go-http-client/2.0"])
def test_robots_name_themselves(agent):
    assert robot(agent.encode())


def test_a_browser_is_no_robot():
    assert not robot(b"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36")

"""A digest's numbers are the API's; it knows when data is missing, and what has changed since it was printed."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import httpx
import pytest

from dashboards.actions.book import Book
from dashboards.alerts.rules import Rules
from dashboards.app import create_app
from dashboards.auth.rows import Rows
from dashboards.board import BoardConfig
from dashboards.closing.closes import Close, record
from dashboards.closing.figures import freeze
from dashboards.digest.coverage import complete, coverage
from dashboards.digest.document import Picture
from dashboards.digest.issue import figures
from dashboards.digest.model import State
from dashboards.digest.promises import promises_of
from dashboards.digest.reading import Wish, read, state_of
from dashboards.digest.sections import document
from dashboards.digest.sentences import warnings
from dashboards.digest.standings import standings
from dashboards.digest.verdict import Verdict
from dashboards.figures import Scope, kpi
from dashboards.store import connect
from metrics.actions.action import Action
from metrics.errors import Misconfigured
from metrics.period import parse
from tests.dashboards.digest.conftest import MONDAY
from tests.dashboards.digest.models import plain_digest
from tests.support.board import served
from tests.support.province import arrived, catalogue, counted

WEEK = parse("2026-W46")


@pytest.fixture(scope="module")
def api(filled):
    with served(create_app(BoardConfig(filled, lambda: MONDAY))) as address, httpx.Client(base_url=address) as http:
        yield lambda path, **params: http.get(f"/api/v1/{path}", params=params, timeout=60).json()


def digest_of(url, period=WEEK, agency=None, now=MONDAY, **more):
    rows = Rows(url)
    return read(
        connect(url), Rules(rows, lambda: now), Wish(period, agency, now, **more), promises_of(Book(rows, lambda: now))
    )


@pytest.mark.parametrize(("period", "agency"), [("2026-W46", None), ("2026-10", "H99.20")])
def test_every_number_is_the_apis(filled, api, period, agency):
    digest = digest_of(filled, parse(period), agency)
    asked = {"period": period} | ({"agency": agency} if agency else {})
    listed = [api("kpi", **asked), *(api("kpi", **asked, family=family) for family in ("service", "vpcp06a"))]
    every = {(each["kpi"], each["version"]): each for found in listed for each in found}
    assert [figure.now.json() for figure in digest.figures] == [
        every[figure.kpi.id, figure.kpi.version] for figure in digest.figures
    ]
    assert len(digest.figures) == 5
    form = {kpi.removeprefix("vpcp06a_"): each["numerator"] for (kpi, _), each in every.items() if "06a" in kpi}
    for name, theirs in (("received", "received"), ("carried", "carried_over"), ("resolved", "resolved"),
                         ("late", "late"), ("open", "open"), ("overdue", "overdue"), ("online", "online")):  # fmt: skip
        assert getattr(digest.flow, name) == form[theirs], name
    assert digest.flow.holds
    assert digest.flow.received > 0


def test_who_stands_where_is_the_leagues_own_list(filled, api):
    year = parse("2026")
    listed = [each for each in api("kpi", period="2026", by="agency") if each["kpi"] == "on_time_resolution"]
    enough = sorted(each["value"] for each in listed if each["denominator"] >= 10)
    standing = standings(connect(filled), year, None)[0]
    assert standing.ranked == len(enough)
    assert [unit.reading.value for unit in standing.best] == enough[::-1][: len(standing.best)]
    assert [unit.reading.value for unit in standing.worst] == enough[: len(standing.worst)]


def test_what_is_due_next_is_counted_dossier_by_dossier(filled):
    ends, client = datetime(2026, 11, 15, 17, tzinfo=UTC), connect(filled)
    walked = client.query("SELECT dossier, at, status FROM step FINAL ORDER BY at").result_rows
    steps = {dossier: status for dossier, at, status in walked if at.replace(tzinfo=UTC) < ends}
    due = Counter()
    asked = "SELECT dossier, agency, received_at, due_at, resolved_at FROM dossier FINAL WHERE due_at IS NOT NULL"
    for dossier, agency, *moments in client.query(asked).result_rows:
        received, hope, resolved = (moment and moment.replace(tzinfo=UTC) for moment in moments)
        is_open = received and received < ends and not (resolved and resolved < ends) and steps.get(dossier) not in "37"
        due[agency] += bool(is_open and ends <= hope < ends + timedelta(days=7))
    digest = digest_of(filled)
    assert digest.flow.due == due.total() > 0
    assert all(load.due == due[load.agency] for load in digest.loads)


def test_an_agency_that_nobody_knows_is_told(filled):
    with pytest.raises(Misconfigured, match="no such agency"):
        digest_of(filled, agency="H00")


def test_a_week_that_runs_concludes_nothing_and_says_so_first(filled):
    digest = digest_of(filled, now=MONDAY - timedelta(days=3))
    assert digest.state is State.RUNNING
    assert {Verdict.BETTER, Verdict.WORSE}.isdisjoint(figure.verdict for figure in digest.figures)
    assert document(digest, "").warnings[0].startswith("Kỳ chưa kết thúc")


@pytest.fixture
def weeks(clickhouse):
    """H07.1 has ten dossiers a day, H07.2 has one now and then; the week from 9/11 is as `last` says."""
    client = connect(clickhouse)
    catalogue(client, {"H07": None, "H07.1": "H07", "H07.2": "H07"})
    for back in range(7, 60):
        day = WEEK.last - timedelta(days=back)
        counted(client, day, "H07.1", 10, 5)
        if back % 20 == 0:
            counted(client, day, "H07.2", 1, 1)
    return clickhouse, client


def test_silence_is_told_from_quiet(weeks):
    url, client = weeks
    arrived(client, MONDAY - timedelta(days=2))
    found = coverage(client, WEEK, None, MONDAY)
    assert (found.expected, found.silent) == (1, ("H07.1",))
    assert not complete(State.OVER, found)
    assert "1 đơn vị chưa có dữ liệu" in warnings(plain_digest(coverage=found))[-1]
    for day in range(7):
        counted(client, WEEK.first + timedelta(days=day), "H07.1", 10, 9)
    assert complete(State.OVER, coverage(client, WEEK, None, MONDAY))
    assert digest_of(url).figures[1].verdict is Verdict.BETTER


def test_data_that_ends_before_the_week_proves_nothing(weeks):
    url, client = weeks
    for day in range(7):
        counted(client, WEEK.first + timedelta(days=day), "H07.1", 10, 9)
    arrived(client, MONDAY - timedelta(days=5))
    digest = digest_of(url)
    assert digest.figures[1].verdict is Verdict.INCOMPLETE
    assert "Dữ liệu mới đến 11/11/2026" in warnings(digest)[0]
    assert "chưa đầy đủ" in document(digest, "").sentences[0]


def closed(client, period):
    """A close's row alone: cells without facts are never closed as a whole."""
    made = Close(uuid4(), period, MONDAY, "lan", "")
    record(client, made)
    return made


def test_what_was_printed_and_is_no_longer_so_is_said_in_the_next_one(weeks):
    url, client = weeks
    before = parse("2026-W45")
    printed = {"figures": [reading.json() for reading in kpi(client, Scope(before))]}
    kept = closed(client, before)
    freeze(client, kept.id, "", "", kpi(client, Scope(before)))
    counted(client, before.first, "H07.1", 30, 5)
    digest = digest_of(url, printed=figures(printed))
    said = {(each.kpi.id, each.was, each.now) for each in digest.restated}
    assert ("online_submission_rate", "50,0 %", "38,8 %") in said
    assert len(digest.restated) > len(said)  # once as it was sent, and once as it was closed


def test_a_closed_week_is_called_closed(weeks):
    _, client = weeks
    assert state_of(client, WEEK, MONDAY) is State.OVER
    closed(client, WEEK)
    assert state_of(client, WEEK, MONDAY) is State.CLOSED
    assert state_of(client, WEEK, MONDAY - timedelta(days=1)) is State.RUNNING


def test_what_was_promised_and_what_came_of_it(weeks):
    url, client = weeks
    book = Book(Rows(url), lambda: MONDAY - timedelta(days=5))
    book.record(Action("H07.1", "chánh văn phòng", WEEK.last, "rà soát hồ sơ quá hạn"), "soc", "giao ban")
    line = "UBND xã A (H07.1), chánh văn phòng: rà soát hồ sơ quá hạn, hạn 15/11/2026: đang làm."
    told, names = promises_of(book), {"H07.1": "UBND xã A"}
    assert told(client, WEEK, None, names) == told(client, WEEK, ["H07.1"], names) == (line,)
    assert told(client, WEEK, ["H07.2"], names) == ()
    (block,) = [block for block in document(plain_digest(promised=(line,)), "").blocks if "hứa" in block.title]
    assert block.lines == (line,)


@pytest.fixture
def reform(clickhouse):
    """Ten dossiers a day before 1/7/2025, and fifty since."""
    client = connect(clickhouse)
    catalogue(client, {"H07": None, "H07.1": "H07"})
    for back in range(42):
        day = date(2025, 7, 20) - timedelta(days=back)
        counted(client, day, "H07.1", 50 if day >= date(2025, 7, 1) else 10, 5)
    arrived(client, datetime(2025, 7, 21, 12, tzinfo=UTC))
    return clickhouse


REFORM = "sắp xếp đơn vị hành chính 1/7/2025"


def test_a_digest_after_the_reform_compares_nothing_with_what_was_before(reform):
    """The month of July, against June and against July a year before."""
    now = datetime(2025, 8, 1, 2, tzinfo=UTC)
    digest = digest_of(reform, parse("2025-07"), now=now)
    drawn = document(digest, "")
    online = next(figure for figure in digest.figures if figure.kpi.id == "online_submission_rate")
    assert online.before.numerator
    assert online.verdict is Verdict.BROKEN
    assert digest.jumps == ()
    assert REFORM in drawn.sentences[0]
    (table,) = [block for block in drawn.blocks if block.title == "Các chỉ số"]
    row = next(row for row in table.rows if row[0] == online.kpi.title.vi)
    assert row[2].endswith("không so được")
    assert row[-1] == "không so sánh được"
    (notes,) = [block for block in drawn.blocks if block.title == "Lưu ý về dữ liệu"]
    assert REFORM in notes.lines[0]
    assert not any("Trong kỳ có mốc" in each for each in drawn.warnings)
    pictures = [block for block in drawn.blocks if isinstance(block, Picture)]
    assert all(REFORM in each.alt for each in pictures)


def test_a_digest_of_a_period_that_the_reform_parts_says_so_first(reform):
    """The week from 30 June to 6 July."""
    digest = digest_of(reform, parse("2025-W27"), now=datetime(2025, 7, 21, 12, tzinfo=UTC))
    assert document(digest, "").warnings[0].startswith(f"Trong kỳ có mốc: {REFORM}")
    assert {figure.verdict for figure in digest.figures}.isdisjoint({Verdict.BETTER, Verdict.WORSE})
    assert digest.jumps == ()


def test_a_digest_of_a_later_week_is_compared_again(reform):
    digest = digest_of(reform, parse("2025-W29"), now=datetime(2025, 7, 21, 12, tzinfo=UTC))
    assert digest.inside == ()
    assert Verdict.BROKEN not in {figure.verdict for figure in digest.figures}

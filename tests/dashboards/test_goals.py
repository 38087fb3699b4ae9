"""Goals of the province: who set them, what they were when a period ended, and how tiles show them."""

from argparse import Namespace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from dashboards.app import create_app
from dashboards.auth.rows import Rows
from dashboards.board import BoardConfig
from dashboards.goals import Goals, standing, target
from deploy.commands.target import done, problems
from deploy.migrate import migrate
from metrics.catalogue import CATALOGUE
from metrics.errors import Misconfigured
from metrics.goal import goal
from metrics.kpi import Trust
from metrics.period import parse
from streams.state import connect
from tests.support.board import served
from tests.support.province import arrived, catalogue, counted
from tests.support.store import store

BY_ID = {each.id: each for each in CATALOGUE}
ONLINE, RATE = BY_ID["online_submission_rate"], "online_submission_rate"
NOW = datetime(2026, 7, 10, 3, tzinfo=UTC)
LAST_MAY, MAY, JULY = datetime(2026, 5, 31, 16, 59, tzinfo=UTC), parse("2026-05"), parse("2026-07")


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with store(tmp_path_factory.mktemp("goals")) as started:
        migrate(started.url)
        client = connect(started.url)
        catalogue(client, {"H07": None})
        for month in (5, 7):
            counted(client, datetime(2026, month, 6, tzinfo=UTC).date(), "H07", 10, 6)
        arrived(client, NOW)
        yield started


@pytest.fixture
def client(running):
    found = connect(running.url)
    found.command("TRUNCATE TABLE goal")
    return found


def goals(client, now=NOW):
    return Goals(Rows.over(client), lambda: now)


def wanted(text, kpi=ONLINE):
    found, wrong = goal(kpi, text)
    assert wrong == ()
    return found


def test_the_newest_row_holds_and_none_is_lost(client):
    book = goals(client)
    book.put(wanted("70"), "lan", "nghị quyết")
    book.put(wanted("75,5"), "soc", "giao ban tháng 7")
    with pytest.raises(Misconfigured, match="set so already"):
        book.put(wanted("75.5"), "soc", "lần nữa")
    assert target(ONLINE, standing(client, JULY, NOW)).value == 0.755
    book.undo(f"{RATE}@1", "lan", "nhầm")
    assert target(ONLINE, standing(client, JULY, NOW)).value == 0.7
    book.withdraw(f"{RATE}@1", "lan", "hết năm")
    assert target(ONLINE, standing(client, JULY, NOW)) == ONLINE.target
    with pytest.raises(Misconfigured, match="no goal is set"):
        book.withdraw(f"{RATE}@1", "lan", "lần nữa")
    told = [(each.revision, each.actor, each.what, each.why) for each in book.history()]
    assert told == [
        (1, "lan", "set", "nghị quyết"), (2, "soc", "set", "giao ban tháng 7"), (3, "lan", "undone", "nhầm"),
        (4, "lan", "withdrawn", "hết năm"),
    ]  # fmt: skip


def test_a_period_that_is_over_keeps_the_goal_that_held_when_it_ended(client):
    goals(client, LAST_MAY).put(wanted("60"), "lan", "kế hoạch")
    goals(client, LAST_MAY + timedelta(minutes=1)).put(wanted("80"), "lan", "kế hoạch mới")
    goals(client, NOW).put(wanted("90"), "lan", "phấn đấu")
    assert [target(ONLINE, standing(client, each, NOW)).value for each in (MAY, parse("2026-06"), JULY)] == [
        0.8, 0.8, 0.9,
    ]  # fmt: skip
    assert target(ONLINE, standing(client, MAY, LAST_MAY)).value == 0.6


@pytest.mark.parametrize(
    ("kpi", "text"), [(RATE, "x"), (RATE, ""), (RATE, "101"), (RATE, "-1"), ("qd766_total", "101")]
)
def test_what_is_no_goal_is_told(kpi, text):
    assert goal(BY_ID[kpi], text)[1]


def test_times_and_points_are_as_displayed():
    assert wanted("3", BY_ID["processing_time_median"]).target(BY_ID["processing_time_median"]).value == 3
    assert wanted("95", BY_ID["qd766_total"]).target(BY_ID["qd766_total"]).value == 95
    assert wanted("3", ONLINE).target(ONLINE).source.trust is Trust.CONTRACT


def pages(running, *paths):
    """Of a board that has just been started, and so remembers nothing."""
    with served(create_app(BoardConfig(running.reader_url, lambda: NOW))) as address:
        return [httpx.get(address + path, timeout=60).text for path in paths]


def test_tiles_show_it_with_its_source_and_an_agencys_do_not(running, client):
    (before,) = pages(running, "/?period=2026-07")
    assert "mục tiêu ≥ 50,0 %" in before
    goals(client).put(wanted("61"), "lan", "nghị quyết")
    province, kpi, agency = pages(
        running, "/?period=2026-07", f"/kpi/{RATE}?period=2026-07", "/?period=2026-07&agency=H07"
    )
    assert "mục tiêu ≥ 61,0 %" in province
    assert "mục tiêu của tỉnh" in province
    assert "mức 50,0 % theo định nghĩa" in kpi
    assert "mục tiêu của tỉnh" not in agency


def given(what, **said):
    return Namespace(**{"what": what, "kpi": None, "reach": None, "why": None, "json": True} | said)


def test_the_command(client, capsys):
    book = goals(client)
    for what, said in (("set", {"reach": "70", "why": "nghị quyết"}), ("undo", {"why": "nhầm"})):
        assert list(problems(given(what, kpi=RATE, **said))) == []
        done(book, given(what, kpi=RATE, **said))
    done(book, given("history"))
    out = capsys.readouterr()
    assert "online_submission_rate@1: set, now 70,0 %" in out.err
    assert '"after": 70.0' in out.out
    done(book, given("list", json=False))


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (given("best"), "WHAT"),
        (given("set", kpi="nothing", why="x"), "no such definition"),
        (given("set", kpi=RATE, why="x"), "--reach"),
        (given("set", kpi=RATE, reach="120", why="x"), "from 0 to 100"),
        (given("set", kpi=RATE, reach="70"), "say why"),
        (given("undo", why="x"), "KPI: say which"),
        (given("list", why="x"), "--why"),
        (given("list", reach="3"), "--reach"),
    ],
)
def test_wrong_words_are_told(words, problem):
    assert any(problem in each for each in problems(words))

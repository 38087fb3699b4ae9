"""Actions in a real store: what was promised on a day, what came of it, and who was reminded."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from dashboards.actions.book import Book, What
from dashboards.actions.promised import counted as sums
from dashboards.actions.promised import promised
from dashboards.actions.reminders import Reminders
from dashboards.alerts.outbox import Outbox, Routes
from dashboards.auth.rows import Rows
from dashboards.store import connect
from deploy.cli import main
from metrics.actions.action import Action, State
from metrics.actions.tally import tally
from metrics.display import percent
from metrics.errors import Misconfigured
from tests.support.province import catalogue, counted

BEGAN = datetime(2026, 11, 2, 1, tzinfo=UTC)
ONE = Action("H07", "Giám đốc", date(2026, 11, 12), "Nộp trực tuyến", kpi="online_submission_rate", target=Decimal(50))
OTHER = Action("H08", "Chánh Văn phòng", date(2026, 11, 20), "Rà soát thủ tục", recipients=("so",))


class Desk:
    def __init__(self, url: str) -> None:
        self.rows, self.client, self.now = Rows(url), connect(url), BEGAN
        self.book = Book(self.rows, lambda: self.now)
        catalogue(self.client, {"H07": None, "H07.1": "H07", "H08": None}, {"H07": "so", "H08": "huyen"})

    def day(self, number: int) -> datetime:
        self.now = BEGAN + timedelta(days=number)
        return self.now


@pytest.fixture
def desk(clickhouse) -> Desk:
    return Desk(clickhouse)


def test_what_was_promised_and_what_came_of_it(desk):
    """The week of 9 November tells of both, with the figures of before and since; a later look at it says the same."""
    counted(desk.client, date(2026, 10, 5), "H07.1", 10, 4)
    counted(desk.client, date(2026, 11, 5), "H07.1", 10, 6)
    desk.book.record(ONE, "bien-tap", "họp giao ban")
    desk.day(1)
    desk.book.record(OTHER, "bien-tap", "kiểm tra")
    desk.day(12)
    finished = Action(**{name: getattr(ONE, name) for name in ONE.__slots__} | {"done": date(2026, 11, 14)})
    desk.book.change(finished, "bien-tap", "báo cáo 5/BC", What.DONE)
    week = promised(desk.book, desk.client, date(2026, 11, 9), date(2026, 11, 15))
    assert [(each.action.text, each.state) for each in week] == [
        ("Nộp trực tuyến", State.LATE), ("Rà soát thủ tục", State.OPEN),
    ]  # fmt: skip
    assert sums(week)[State.LATE] == 1
    course = week[0].course
    assert (course.before.display, course.now.display, course.reached) == ("40,0 %", "60,0 %", True)
    assert week[1].course is None
    desk.day(25)
    desk.book.withdraw(OTHER.id, "quan-tri", "nhầm")
    assert promised(desk.book, desk.client, date(2026, 11, 9), date(2026, 11, 15)) == week
    later = promised(desk.book, desk.client, date(2026, 11, 23), date(2026, 11, 29))
    assert [(each.action.text, each.state) for each in later] == [("Rà soát thủ tục", State.WITHDRAWN)]
    assert [(each.what, each.actor) for each in desk.book.history(ONE.id)] == [
        ("recorded", "bien-tap"), ("done", "bien-tap"),
    ]  # fmt: skip


def test_nothing_is_recorded_twice_and_a_change_can_be_undone(desk):
    desk.book.record(ONE, "a", "b")
    with pytest.raises(Misconfigured, match="recorded already"):
        desk.book.record(ONE, "a", "b")
    with pytest.raises(Misconfigured, match="only just recorded"):
        desk.book.undo(ONE.id, "a", "b")
    desk.book.withdraw(ONE.id, "a", "b")
    desk.book.undo(ONE.id, "a", "b")
    assert desk.book.one(ONE.id).action == ONE
    with pytest.raises(Misconfigured, match="no such action"):
        desk.book.withdraw("nothing", "a", "b")


def test_reminders_go_out_once_to_those_named(desk):
    """Looked at three times a day by watchers that know nothing of each other; none at night, none while muted."""
    desk.book.record(ONE, "bien-tap", "họp")
    desk.book.record(OTHER, "bien-tap", "họp")
    routes = Routes({"soc": 1, "so": 2}, ("soc",), ("soc",))
    muted = [False]
    for number in range(30):
        for hour in (-3, 0, 6):
            at = desk.day(number) + timedelta(hours=hour)
            muted[0] = number == 17  # OTHER is due in three days
            outbox = Outbox(desk.rows, routes, "http://board.vn")
            Reminders(desk.client, desk.book, outbox, lambda _: muted[0]).look(at)
    rows = desk.rows.ask("SELECT toString(toDate(made_at)), recipient, subject, body FROM alert_message FINAL "
                         "ORDER BY made_at, recipient")  # fmt: skip
    days = [(day[-2:], recipient) for day, recipient, *_ in rows]
    assert days == [
        ("05", "soc"), ("09", "soc"), ("11", "soc"), ("13", "so"), ("13", "so/2"), ("13", "soc"),
        ("17", "so"), ("17", "so/2"), ("20", "so"), ("20", "so/2"), ("21", "so"), ("21", "so/2"), ("21", "soc"),
    ]  # fmt: skip
    first, last = rows[0][3], rows[-1][3]
    for part in ("Còn 7 ngày (hạn 12/11/2026)", "Nộp trực tuyến", "Giám đốc", "ít nhất 50 %", f"/actions/{ONE.id}"):
        assert part in first
    assert "QUÁ HẠN 1 ngày" in last


@pytest.fixture
def nhip(desk, clickhouse, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("NHIP_CLICKHOUSE", clickhouse)
    monkeypatch.setenv("NHIP_DATA", str(tmp_path))

    def run(*words: str) -> tuple[int, str, str]:
        status = main(["action", *words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


HEAD = "Mã đơn vị;Phụ trách;Hạn;Nội dung;Theo;Văn bản"


def test_a_list_of_inspections_is_imported_once(nhip, desk, tmp_path: Path):
    """26 visits to departments, 32 to districts, 64 to communes: 122, some to one unit twice."""
    places = ["H07"] * 26 + ["H08"] * 32 + ["H07.1"] * 64
    lines = [f"{code};Thủ trưởng;31/12/2021;Khắc phục;kiểm tra;KL {n}" for n, code in enumerate(places)]
    path = tmp_path / "kiem-tra.csv"
    path.write_text("\n".join([HEAD, *lines]), encoding="utf-8-sig")
    assert nhip("import", str(path), "--dry-run")[0] == 0
    assert json.loads(nhip("list", "--json")[1]) == []
    assert "recorded 122" in nhip("import", str(path), "--why", "báo cáo 2021–2023")[2]
    assert "recorded 0 actions; 122 were there" in nhip("import", str(path), "--why", "lần nữa")[2]
    listed = json.loads(nhip("list", "--json")[1])
    assert [sum(each["agency"] == code for each in listed) for code in ("H07", "H08", "H07.1")] == [26, 32, 64]
    assert {each["state"] for each in listed} == {"overdue"}
    promised = [entry.action for entry in desk.book.standing().values()]
    by_agency = tally(promised, date(2024, 1, 21), lambda one: one.agency)
    shares = {name: percent(sum(counts.values()), len(promised)) for name, counts in by_agency.items()}
    assert shares == {"H07": "21,3 %", "H08": "26,2 %", "H07.1": "52,4 %"}
    path.write_text("\n".join([HEAD, lines[0].replace("2021", "2022", 1)]), encoding="utf-8-sig")
    assert "says otherwise" in nhip("import", str(path), "--why", "sửa")[2]
    assert len(json.loads(nhip("history", "--json")[1])) == 122


def test_every_problem_of_a_list_is_named_and_nothing_written(nhip, tmp_path: Path):
    path = tmp_path / "sai.csv"
    path.write_text(
        "\n".join(
            [
                f"{HEAD};Họ tên",
                "H99;Ông Nguyễn Văn A;31/2/2026;;mơ;;Nguyễn Văn A",
                "H07;Giám đốc;1/1/2027;Việc;;",
                "H07;Giám đốc;2/1/2027;Việc;;",
            ]
        ),
        encoding="utf-8",
    )
    status, out, err = nhip("import", str(path), "--why", "x")
    assert (status, out) == (2, "")
    for part in ("'họ tên'", "line 2: text is missing", "no such agency", "a person's name", "write a date",
                 "origin: one of", "line 4: repeats sai.csv line 3", "nothing was imported"):  # fmt: skip
        assert part in err
    assert "Nguyễn" not in err
    assert json.loads(nhip("list", "--json")[1]) == []


def test_the_command_goes_the_whole_way(nhip):
    words = ("--agency", "H07", "--owner", "Giám đốc", "--due", "2026-12-31", "--text", "Tăng tỷ lệ", "--kpi",
             "online_submission_rate", "--target", "50")  # fmt: skip
    assert nhip("add", *words)[0] == 2
    assert nhip("add", *words, "--why", "họp")[0] == 0
    (one,) = json.loads(nhip("list", "--json")[1])
    assert nhip("change", one["id"], "--due", "1/2/2027", "--why", "lùi hạn")[0] == 0
    assert nhip("done", one["id"], "--on", "2027-02-02", "--result", "đạt", "--why", "báo cáo")[0] == 0
    (one,) = json.loads(nhip("list", "--state", "late", "--json")[1])
    assert (one["due"], one["done_on"], one["result"], one["target"]) == ("2027-02-01", "2027-02-02", "đạt", 50.0)
    assert nhip("undo", one["id"], "--why", "nhầm")[0] == 0
    assert nhip("withdraw", one["id"], "--why", "thôi")[0] == 0
    said = [each["what"] for each in json.loads(nhip("history", one["id"], "--json")[1])]
    assert said == ["recorded", "changed", "done", "undone", "withdrawn"]
    assert one["id"] in nhip("list")[1]
    assert nhip("done", one["id"], "--owner", "x", "--why", "y")[0] == 2

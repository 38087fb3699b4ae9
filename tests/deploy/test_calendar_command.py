"""`nhip calendar`, as staff type it."""

import getpass
import json
from dataclasses import dataclass

import pytest

from tests.support.terminal import Terminal

WHY = ("--why", "Công văn 1/VPCP-KGVX")


@dataclass(frozen=True)
class Calendar(Terminal):
    def day(self, day: str) -> tuple[str, str | None] | None:
        """Kind and swap, as the list has them."""
        year = json.loads(self("list", day[:4], "--json")[1])
        return next(((each["kind"], each["swap"]) for each in year["days"] if each["day"] == day), None)

    def history(self, *words: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = json.loads(self("history", *words, "--json")[1])
        return found


@pytest.fixture
def nhip(terminal: Terminal) -> Calendar:
    return Calendar(terminal.monkeypatch, terminal.capture, ("calendar",))


def test_a_day_is_set_changed_and_undone_and_nothing_is_forgotten(nhip: Calendar) -> None:
    assert nhip("set", "2026-12-28", "off", *WHY)[0] == 0
    assert nhip.day("2026-12-28") == ("off", None)
    assert nhip("set", "2026-12-28", "half-morning", *WHY)[0] == 0
    assert nhip("undo", "2026-12-28", "--why", "nhầm ngày")[0] == 0
    assert nhip.day("2026-12-28") == ("off", None)
    changes = nhip.history("2026-12-28")
    assert [(each["old"], each["new"], each["why"]) for each in changes] == [
        ("usual", "off", WHY[1]),
        ("off", "half-morning", WHY[1]),
        ("half-morning", "off", "nhầm ngày"),
    ]
    assert {each["actor"] for each in changes} == {getpass.getuser()}
    assert [each["at"] for each in changes] == sorted(each["at"] for each in changes)


def test_a_swap_is_set_and_undone_as_a_pair(nhip: Calendar) -> None:
    assert nhip("set", "2027-12-31", "off", "--swap", "2027-12-25", *WHY)[0] == 0
    assert (nhip.day("2027-12-31"), nhip.day("2027-12-25")) == (("off", "2027-12-25"), ("work", "2027-12-31"))
    assert nhip("undo", "2027-12-25", *WHY)[0] == 0
    assert (nhip.day("2027-12-31"), nhip.day("2027-12-25")) == (("usual", None), ("usual", None))
    assert nhip("undo", "2027-12-31", *WHY)[0] == 0  # an undoing is undone in the same way
    assert nhip.day("2027-12-31") == ("off", "2027-12-25")


def test_a_holiday_that_was_known_can_be_worked_and_given_back(nhip: Calendar) -> None:
    assert nhip("set", "2026-11-24", "work", *WHY)[0] == 0
    assert nhip("undo", "2026-11-24", *WHY)[0] == 0
    assert nhip.day("2026-11-24") == ("off", None)


def test_a_provisional_year_is_confirmed(nhip: Calendar) -> None:
    assert json.loads(nhip("list", "2029", "--json")[1])["provisional"]
    assert "TẠM TÍNH" in nhip("list", "2029")[1]
    assert nhip("confirm", "2029", *WHY)[0] == 0
    assert not json.loads(nhip("list", "2029", "--json")[1])["provisional"]
    status, _, err = nhip("confirm", "2029", *WHY)
    assert status == 2
    assert "no day of that year is provisional" in err


def test_hours_hold_from_their_day_on(nhip: Calendar) -> None:
    assert nhip("hours", "2031-07-01", "07:30-11:30,13:00-17:00", *WHY)[0] == 0
    hours = [json.loads(nhip("list", year, "--json")[1])["hours"] for year in ("2030", "2031", "2032")]
    said = [[(each["valid_from"], each["hours"]) for each in year] for year in hours]
    old, new = ("2000-01-01", "7:00-11:30, 13:30-17:00"), ("2031-07-01", "7:30-11:30, 13:00-17:00")
    assert said == [[old], [old, new], [new]]
    assert nhip.history("2031-07-01")[0]["new"] == new[1]


def test_people_read_it_in_vietnamese(nhip: Calendar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    status, out, err = nhip("list", "2026")
    assert status == 0
    assert "Lịch làm việc 2026" in out
    assert "Sáu 02/01/2026" in out
    assert "12729/VPCP-KGVX" in out
    assert "7:00-11:30, 13:30-17:00" in err
    assert "Các lần thay đổi" in nhip("history")[1]
    assert nhip("list")[0] == 0  # this year


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ((), "WHAT: one of"),
        (("remove", "2026-01-02"), "WHAT: one of"),
        (("set", "2026-02-30", "off", *WHY), "WHEN: write a day"),
        (("set", "1999-12-31", "off", *WHY), "WHEN: the calendar goes from"),
        (("set", "2026-12-28", "closed", *WHY), "KIND: one of off, work"),
        (("set", "2026-12-28", "off"), "--why: say it"),
        (("set", "2026-12-28", "off", "--why", "  "), "--why: say it"),
        (("set", "2026-12-28", "off", "--why", "two\nlines"), "--why: say it"),
        (("set", "2026-12-28", "off", "--swap", "2026-12-28", *WHY), "--swap: another day"),
        (("set", "2026-12-28", "half-morning", "--swap", "2026-12-26", *WHY), "--swap: another day"),
        (("set", "2026-12-29", "work", *WHY), "2026-12-29: is so already"),
        (("set", "2026-12-29", "usual", *WHY), "2026-12-29: is so already"),
        (("set", "2026-12-27", "off", *WHY), "2026-12-27: is so already"),
        (("set", "2026-12-30", "off", "--swap", "2026-12-31", *WHY), "2026-12-31: is so already"),
        (("undo", "2026-12-29", *WHY), "nothing was ever decided"),
        (("undo", "2026-12-29"), "--why: say it"),
        (("confirm", "26", *WHY), "WHEN: write a year"),
        (("hours", "2026-12-29", "7-17", *WHY), "KIND: write hours as"),
        (("hours", "2026-12-29", "13:00-17:00,07:00-11:00", *WHY), "KIND: each of the four"),
        (("hours", "2026-12-29", "07:00-11:00,13:00-25:00", *WHY), "KIND: each of the four"),
        (("list", "2026-12-29"), "WHEN: write a year"),
        (("list", "2026", "off"), "KIND: not for"),
        (("history", "2026-12-29", *WHY), "--why: not for"),
    ],
)
def test_a_wrong_word_is_named_and_changes_nothing(nhip: Calendar, words: tuple[str, ...], problem: str) -> None:
    before = nhip.history()
    status, out, err = nhip(*words)
    assert (status, out) == (2, "")
    assert problem in err
    assert nhip.history() == before

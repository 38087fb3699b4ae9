"""What a new store knows of days off, against the published decisions as an official reads them."""

import csv
from datetime import UTC, date, datetime, timedelta

import pytest

from dashboards.calendar import Entry, decisions, history, of_year, stored
from deploy.calendar.changes import Changes
from deploy.calendar.seed import SEED, seeds
from deploy.migrate import connect, migrate
from metrics.calendar import Calendar, Kind, works
from metrics.words import Text
from tests.oracle_calendar import GOLDEN, published
from tests.support.store import store

YEARS = range(2022, 2027)
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with store(tmp_path_factory.mktemp("seed")) as running:
        migrate(running.url)
        migrate(running.url)  # once more adds nothing
        yield connect(running.url)


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_the_year_is_as_published(client, year):
    found, said = stored(client), published()
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    wrong = [
        day for day in days if works(found, day) != (said.get(day, "work" if day.weekday() < 5 else "off") == "work")
    ]
    assert wrong == []


@pytest.mark.parametrize("year", YEARS)
def test_the_published_table_is_sound_and_its_swaps_are_stored(client, year):
    """Weekdays are right, a swap names its counterpart, and the store names the same one."""
    known = {each.day: each for each in decisions(client)}
    rows = list(csv.DictReader((GOLDEN / f"calendar_{year}.csv").read_text(encoding="utf-8").splitlines()))
    swaps = {row["ngày"]: row["hoán đổi với"] for row in rows if row["hoán đổi với"]}
    assert all(swaps[other] == day for day, other in swaps.items())
    for row in rows:
        day = datetime.strptime(row["ngày"], "%d/%m/%Y").date()  # noqa: DTZ007
        assert (day.year, WEEKDAYS[day.weekday()]) == (year, row["thứ"])
        assert (row["tình trạng"] == "làm bù") == (day.weekday() == 5)
        assert (f"{known[day].swap:%d/%m/%Y}" if known[day].swap else "") == row["hoán đổi với"]


def test_seeding_again_adds_nothing_and_every_row_has_its_source(client):
    changes = history(client)
    assert len(changes) == len({change.now.day for change in changes}) == len(seeds())
    assert all(change.now.actor == SEED and change.now.why and change.before is None for change in changes)


def test_years_that_nobody_decided_are_marked(client):
    assert [of_year(client, year).provisional for year in (2017, 2018, 2025, 2026, 2027, 2030, 2050)] == [
        True,
        False,
        False,
        False,
        True,
        True,
        True,
    ]
    assert [each.day for each in of_year(client, 2026).days if each.provisional] == [date(2026, 11, 24)]


def test_working_days_of_a_year(client):
    """366 days, 104 at weekends, 12 weekdays off, one of them made up for on a Saturday."""
    assert of_year(client, 2024).working_days == 366 - 104 - 12 + 1
    assert Calendar().version == 0 < of_year(client, 2024).calendar.version


def test_newer_data_tell_only_what_is_new_and_never_against_a_person(tmp_path):
    def entry(day, kind, why="x"):
        return Entry(day, kind, None, Text("", ""), why, provisional=False)

    first, second, third = (date(2026, 6, day) for day in (8, 9, 10))
    with store(tmp_path) as running:
        migrate(running.url)
        client = connect(running.url)
        client.command("TRUNCATE TABLE calendar_day")
        seed = Changes(client, SEED, lambda: 1.0)
        seed.seed([entry(first, Kind.OFF), entry(second, Kind.OFF), entry(third, Kind.OFF)])
        Changes(client, "van-phong", lambda: 0.5).set(second, Kind.WORK, "a decision")  # a clock that went back
        seed.seed([entry(first, Kind.OFF, "another source"), entry(second, Kind.OFF)])
        kinds = {each.day: (each.kind, each.actor) for each in decisions(client)}
        assert kinds == {first: (Kind.OFF, SEED), second: (Kind.WORK, "van-phong"), third: (Kind.USUAL, SEED)}
        assert len(history(client)) == 5
        assert history(client)[0].now.at == datetime.fromtimestamp(1, UTC)

"""Open dossiers by when they are due, against a naive look at all of them."""

from datetime import date, datetime, timedelta
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings

from dashboards.late import Asked, Window, how_many, late
from dashboards.stretches import MOST_ROWS
from metrics.civil import CIVIL, FIRST_YEAR, LAST_YEAR
from tests.oracle import Oracle
from tests.oracle_calendar import Naive, published
from tests.strategies import KINDS, History, agencies, histories
from tests.support.filling import fill, province

ENDED = {"3", "7", "8"}
CALENDAR = Naive(published() | {date(2027, 1, 1): "off"})
slowly = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def moment(text):
    return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=CIVIL)


def is_open(dossier):
    last = max(dossier.steps, default=(None, None))[1]
    return not dossier.resolved and not {last, dossier.attributes.get("TrangThaiHoSo")} & ENDED


@cache
def working_days_after(now, days):
    """Until so many days of 8 hours are over, and work would go on."""
    return CALENDAR.latest(now.replace(tzinfo=None), days * 8 * 3600).replace(tzinfo=CIVIL)


def expected(oracle, window, now, agency):
    """(due, code) of all; a due moment beyond the calendar is as late, or as far away."""
    days = {Window.THREE_DAYS: 3, Window.SEVEN_DAYS: 7}
    ends = {Window.DAY: now + timedelta(hours=24)} | {window: working_days_after(now, n) for window, n in days.items()}
    found = []
    for dossier in oracle.dossiers.values():
        if dossier.due and is_open(dossier) and (not agency or oracle.below(dossier.agency, agency, f"{now:%Y%m%d}")):
            due = moment(dossier.due)
            if due < now if window is Window.OVERDUE else now <= due <= ends[window]:
                found.append((due if FIRST_YEAR < due.year < LAST_YEAR else None, dossier.code))
    return sorted(found, key=lambda one: one[1])


def pages(client, asked, size):
    place = None
    while True:
        page = late(client, asked, place, size)
        yield from page.items
        place = page.next
        if place is None:
            return


def check(client, oracle, now, agency, size):
    counts = how_many(client, now, agency)
    for window in Window:
        items = [one.item for one in pages(client, Asked(window, now, agency), size)]
        assert [(one.due_at, one.dossier) for one in items] == sorted((one.due_at, one.dossier) for one in items)
        found = [(one.due_at if FIRST_YEAR < one.due_at.year < LAST_YEAR else None, one.dossier) for one in items]
        assert sorted(found, key=lambda one: one[1]) == expected(oracle, window, now, agency)
        assert counts[window] == len(found)


@slowly
@given(histories(), agencies)
def test_late_and_soon_late_of_made_up_histories(api, history, agency):
    fill(api.client, history, 3, 3)
    oracle = Oracle(history.files())
    for now in ("20211231235959", "20220101000001", "20240228120000"):
        check(api.client, oracle, moment(now), agency, 2)


@pytest.mark.parametrize("agency", [None, "H99", "H99.20"])
def test_late_and_soon_late_of_a_simulated_province(api, tmp_path, agency):
    history = province(tmp_path, 1000, seed=6)
    fill(api.client, history)
    check(api.client, Oracle(history.files()), datetime(2026, 12, 31, 9, 0, tzinfo=CIVIL), agency, 3)


def test_every_dossier_with_a_turn_is_among_the_turned(api, tmp_path):
    history = province(tmp_path, 300, seed=8)
    fill(api.client, history)
    turns = {code for code, at in Oracle(history.files()).dossiers.items() if {s for _, s in at.steps} & set("135678")}
    assert turns
    assert turns <= {code for (code,) in api.client.query("SELECT dossier FROM turned").result_rows}


def test_more_with_one_due_moment_than_a_stretch_holds_do_not_keep_a_list_from_its_end(api):
    fill(api.client, History({kind: [] for kind in KINDS}, ()))
    ended = "SELECT 'H99-' || leftPad(toString(number), 4, '0'), 'H99', toDateTime64('2022-01-03 17:00:00', 0), "
    ended += f"number = {MOST_ROWS + 500} ? '4' : '3', 1 FROM numbers({MOST_ROWS + 501})"
    api.client.command(f"INSERT INTO dossier (dossier, agency, due_at, status, version) {ended}")
    api.client.command("INSERT INTO step (dossier, at, status, version) SELECT dossier, due_at, status, 1 FROM dossier")
    page = late(api.client, Asked(Window.OVERDUE, moment("20220201000000")), None, 50)
    assert [one.item.dossier for one in page.items] == [f"H99-{MOST_ROWS + 500}"]
    assert page.next is None


def test_a_dossier_whose_last_step_is_there_before_the_record_of_it_is_not_late(api):
    """A batch's steps are written first: who asks in between must not read that somebody is late with what is done."""
    fill(api.client, History({kind: [] for kind in KINDS}, ()))
    due = datetime(2022, 1, 3, 17, tzinfo=CIVIL)
    for code, last in (("H99-1", "4"), ("H99-2", "9"), ("H99-3", "10"), ("H99-4", "7")):
        api.client.insert("dossier", [[code, "H99", due, "4", 1]], ["dossier", "agency", "due_at", "status", "version"])
        api.client.insert("step", [[code, due, last, 1]], ["dossier", "at", "status", "version"])
    found = late(api.client, Asked(Window.OVERDUE, datetime(2022, 2, 1, tzinfo=CIVIL)), None, 9)
    assert [each.item.dossier for each in found.items] == ["H99-1"]

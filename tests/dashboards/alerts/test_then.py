"""What would have been seen then: late lists against a naive count, kept readings, and both as they are lived."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from dashboards.alerts.drifting import Drifting
from dashboards.alerts.evaluator import Conditions, Evaluator
from dashboards.alerts.keeper import Keeper
from dashboards.alerts.preview import looks_of, preview
from dashboards.alerts.readings import KEPT, Readings
from dashboards.alerts.rules import Rules
from dashboards.alerts.states import States
from dashboards.auth.rows import Rows
from dashboards.calendar import stored
from dashboards.late import Window, by_agency
from dashboards.late_then import late_then
from dashboards.store import connect
from deploy.cli import main
from metrics.alerting.alert import Kind, Sight
from metrics.alerting.said import threshold
from metrics.calendar import Calendar
from metrics.civil import civil
from metrics.working_time import latest
from tests.support.province import arrived, catalogue, counted, insert

NOON = datetime(2026, 11, 4, 5, tzinfo=UTC)
NEVER = lambda _: None  # noqa: E731 - what reads everything there is does not matter here
HOUR = timedelta(hours=1)

MOMENTS = [NOON + n * 24 * HOUR for n in range(-4, 5)]
DUE = [NOON + n * 24 * HOUR for n in range(-4, 9)]


def dossiers(seed: int, many: int = 300) -> list[dict]:
    """Few moments, so that they meet; every case comes up in a few hundred."""
    chance = Random(seed)
    return [
        {
            "agency": chance.choice(["H07", "H08"]),
            "due": chance.choice([None, *DUE]),
            "received": chance.choice([None, *MOMENTS]),
            "resolved": chance.choice([None, None, *MOMENTS]),
            "record": chance.choice([None, "2", "3"]),
            "steps": [(chance.choice(MOMENTS), chance.choice("2347")) for _ in range(chance.randrange(5))],
        }
        for _ in range(many)
    ]


@pytest.fixture
def client(clickhouse):
    found = connect(clickhouse)
    catalogue(found, {"H07": None, "H08": "H07"}, {"H07": "so"})
    return found


def put(client, *all_dossiers: tuple[int, dict]) -> None:
    columns = ["dossier", "agency", "due_at", "received_at", "resolved_at", "status", "version"]
    rows = [[f"H07-{n}", one["agency"], one["due"], one["received"], one["resolved"], one["record"], 1]
            for n, one in all_dossiers]  # fmt: skip
    client.insert("dossier", rows, column_names=columns)
    steps = [[f"H07-{n}", at, status] for n, one in all_dossiers for at, status in one["steps"]]
    if steps:
        client.insert("step", steps, column_names=["dossier", "at", "status"])


def plain(due: datetime, resolved: datetime | None = None) -> dict:
    return {"agency": "H08", "due": due, "received": NOON, "resolved": resolved, "record": "2", "steps": []}


def naive(calendar: Calendar, all_dossiers: list[dict], window: Window, now: datetime) -> Counter[str]:
    """One dossier and one moment at a time."""
    ends = {Window.DAY: now + 24 * HOUR, Window.THREE_DAYS: latest(calendar, now, days=3),
            Window.SEVEN_DAYS: latest(calendar, now, days=7)}  # fmt: skip
    found: Counter[str] = Counter()
    for one in all_dossiers:
        last, then = max(one["steps"], default=None), max((s for s in one["steps"] if s[0] <= now), default=None)
        out_of_work = then is not None and then[1] in "378"
        unsaid = one["record"] == "3" and (last is None or last[1] not in "378")
        begun = one["received"] is None or one["received"] <= now
        if one["due"] is None or out_of_work or unsaid or not begun or (one["resolved"] and one["resolved"] <= now):
            continue
        if one["due"] < now if window is Window.OVERDUE else now <= one["due"] <= ends[window]:
            found[one["agency"]] += 1
    return found


@pytest.mark.parametrize("seed", range(2))
def test_late_lists_of_then_are_what_one_counts_by_hand(client, seed):
    made, calendar = dossiers(seed), stored(client)
    put(client, *enumerate(made))
    end = MOMENTS[-1] + HOUR  # nothing came to pass later: it is as the board says
    live = by_agency(client, end)
    for window in Window:
        found = late_then(client, [*MOMENTS, end], window)
        for place, now in enumerate(MOMENTS):
            assert Counter({agency: n[place] for agency, n in found.items()}) == naive(calendar, made, window, now)
        assert {agency: n[-1] for agency, n in found.items()} == {agency: n[window] for agency, n in live.items()}


@pytest.mark.parametrize("said", [
    {"kpi": "overdue", "above": "1", "agency": "H07", "for": "180", "calm": "0"},
    {"kpi": "due_3d", "above": "0", "tier": "xa", "for": "0", "calm": "0", "office-hours": "yes"},
    {"kpi": "data_age", "above": "5", "for": "0", "calm": "0"},
    {"kpi": "dead_letter_share", "above": "10", "for": "0", "calm": "0"},
], ids=["overdue", "due soon in office hours", "age of the data", "dead letters"])  # fmt: skip
def test_what_a_preview_says_is_what_fires_when_the_same_days_are_lived(clickhouse, client, said):
    """Dossiers come, fall due and are resolved; the evaluator and the keeper look when the preview says they would."""
    wanted, problems = threshold(said)
    assert wanted is not None, problems
    rows, clock = Rows(clickhouse), [NOON]
    rules = Rules(rows, lambda: clock[0])
    rules.put(wanted, "soc", "thử")
    evaluator = Evaluator(client, rules, States(rows), Conditions())
    keeper = Keeper(client, Readings(rows), Drifting(client, NEVER))
    days = 3 if wanted.subject in KEPT else 7
    first, now, calendar, fired = NOON.date(), NOON + days * 24 * HOUR, stored(client), []
    counted(client, first, "H07", 1, 1)
    due, done = {}, {}
    for n in range(4):
        due[n], done[n] = NOON + (20 + 31 * n) * HOUR, NOON + (60 + 40 * n) * HOUR
        put(client, (n, plain(due[n])))
    for number in range((civil(now).date() - first).days + 1):
        for look in looks_of(wanted, first + number * 24 * HOUR, calendar, now):
            clock[0] = look.at
            for n in [n for n, at in done.items() if at <= look.at]:
                put(client, (n, plain(due[n], done.pop(n))))
            arrived(client, look.at - (number % 4) * 3 * HOUR)
            if number == 2:
                insert(client, "dead_letter", source="x", line=look.at.hour, reason="no", version=1)
            if wanted.subject in KEPT:
                keeper.look(look.at)
            moved = evaluator.evaluate(look.at).moved
            fired += [(each.agency, one.at, one.shown) for each in moved for one in each.happened
                      if one.kind is Kind.FIRED]  # fmt: skip
    found = preview(client, wanted, now)
    would = [(course.agency, one.at, one.shown) for course in found.courses for one in course.fired]
    assert sorted(would, key=str) == sorted(fired, key=str)
    assert found.alerts > 0


def test_what_the_board_said_at_five_past_ten(clickhouse, client, monkeypatch, tmp_path, capsys):
    readings = Readings(Rows(clickhouse))
    keeper = Keeper(client, readings, Drifting(client, NEVER))
    for minute in range(7):
        at = NOON + minute * timedelta(minutes=1)
        counted(client, civil(at).date(), "H07", 20, minute)
        arrived(client, at)
        keeper.look(at)
    said = {each.subject: each for each in readings.said(NOON + timedelta(minutes=5, seconds=20))}
    assert said["online_submission_rate"].seen.shown == "25,0 % (5/20)"
    assert said["online_submission_rate"].at == NOON + timedelta(minutes=5)
    assert "drift" not in said
    assert readings.said(NOON + HOUR) == []
    ages = readings.at_each("data_age", [NOON, NOON + timedelta(minutes=9), NOON + HOUR])
    assert [each.away for each in ages] == [None, Sight.NO_DATA, Sight.NO_DATA]
    monkeypatch.setenv("NHIP_CLICKHOUSE", clickhouse)
    monkeypatch.setenv("NHIP_DATA", str(tmp_path))
    assert main(["kpi", "--at", "2026-11-04 12:05", "--json"]) == 0
    (item,) = [each for each in json.loads(capsys.readouterr().out) if each["kpi"] == "online_submission_rate"]
    assert (item["value"], item["shown"], item["at"]) == (25.0, "25,0 % (5/20)", "2026-11-04T12:05:00+07:00")
    assert main(["kpi", "--at", "2026-11-04 13:05"]) == 1
    assert "nothing was read" in capsys.readouterr().err
    assert main(["kpi", "--at", "soon", "--period", "2026"]) == 2

"""The evaluator over a real store: restarts, late data, stale data, a preview of what was seen live."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from dashboards.alerts.evaluator import Conditions, Evaluator
from dashboards.alerts.preview import looks_of, preview
from dashboards.alerts.rules import Rules
from dashboards.alerts.states import States, Taken
from dashboards.auth.rows import Rows
from dashboards.calendar import stored
from dashboards.store import connect
from metrics.alerting.alert import Kind, Status
from metrics.alerting.threshold import Direction, Level, Measured, Threshold
from metrics.civil import civil
from tests.support.province import arrived, catalogue, counted

RATE = "online_submission_rate"
MONDAY = datetime(2026, 11, 2, 2, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Watch:
    """A province, a threshold, and an evaluator that can be started again at any time."""

    def __init__(self, url: str, threshold: Threshold) -> None:
        self.client, self.rows = connect(url), Rows(url)
        self.now = MONDAY
        self.rules, self.states = Rules(self.rows, lambda: self.now), States(self.rows)
        catalogue(self.client, {"H07": None, "H07.1": "H07", "H07.2": "H07"}, {"H07": "so"})
        self.rules.put(threshold, "soc", "thử")
        self.restart()

    def restart(self) -> None:
        self.evaluator = Evaluator(self.client, self.rules, self.states, Conditions())

    def look(self, at: datetime) -> list[Kind]:
        self.now = at
        return [said.kind for each in self.evaluator.evaluate(at).moved for said in each.happened]

    def status(self) -> dict[str, Status]:
        return {alert: each.state.status for alert, each in self.states.load().items()}


def rate(**changes) -> Threshold:
    given = {"agency": "H07", "least": 5, "hold": 2 * MINUTE, "calm": 2 * MINUTE} | changes
    return Threshold(RATE, 1, Direction.BELOW, Decimal(50), **given)


@pytest.fixture
def watch(clickhouse):
    return Watch(clickhouse, rate())


def test_an_alert_goes_its_way_through_restarts_at_every_look(watch):
    """Below comes the agency below: 4 of 10 online."""
    counted(watch.client, MONDAY.date(), "H07.1", 10, 4)
    said = []
    for minute in range(12):
        watch.restart()
        at = MONDAY + minute * MINUTE
        arrived(watch.client, at)
        if minute == 5:
            watch.states.take(Taken(f"{rate().id}|H07", 1, Level.ACT, "truc-soc"), at)
        if minute == 7:
            counted(watch.client, MONDAY.date(), "H07.2", 10, 10)
        said.append(watch.look(at))
    assert said == [[], [], [Kind.FIRED], [], [], [Kind.ACKNOWLEDGED], [], [], [], [Kind.RESOLVED], [], []]
    rows = watch.rows.ask("SELECT kind, actor, shown, tell FROM alert_transition FINAL ORDER BY number")
    assert rows == [
        ("fired", "", "40,0 % (4/10)", True),
        ("acknowledged", "truc-soc", "", False),
        ("resolved", "", "70,0 % (14/20)", True),
    ]


def test_a_quiet_alert_writes_nothing(watch):
    counted(watch.client, MONDAY.date(), "H07.1", 10, 9)
    arrived(watch.client, MONDAY)
    for minute in range(5):
        watch.look(MONDAY + minute * MINUTE)
    assert watch.rows.ask("SELECT count() FROM alert_state") == [(1,)]


def test_stale_data_is_no_breach_and_no_silence(watch):
    counted(watch.client, MONDAY.date(), "H07.1", 10, 1)
    arrived(watch.client, MONDAY - timedelta(hours=2))
    said = [watch.look(MONDAY + 10 * minute * MINUTE) for minute in range(4)]
    assert said == [[], [], [Kind.NO_DATA], []]
    assert set(watch.status().values()) == {Status.NO_DATA}
    arrived(watch.client, MONDAY + 40 * MINUTE)
    assert watch.look(MONDAY + 40 * MINUTE) == [Kind.RETURNED]


def test_a_threshold_that_is_withdrawn_takes_its_alert_with_it(watch):
    counted(watch.client, MONDAY.date(), "H07.1", 10, 1)
    for minute in range(4):
        arrived(watch.client, MONDAY + minute * MINUTE)
        watch.look(MONDAY + minute * MINUTE)
    watch.rules.withdraw(rate().id, "soc", "thôi")
    watch.restart()
    assert watch.look(MONDAY + 5 * MINUTE) == [Kind.RESOLVED]
    assert watch.look(MONDAY + 6 * MINUTE) == []


def test_each_agency_of_a_tier_has_an_alert_of_its_own(clickhouse):
    watch = Watch(clickhouse, rate(agency=None, tier="xa", hold=timedelta(0)))
    counted(watch.client, MONDAY.date(), "H07.1", 10, 1)
    counted(watch.client, MONDAY.date(), "H07.2", 10, 9)
    arrived(watch.client, MONDAY)
    assert watch.look(MONDAY) == [Kind.FIRED]
    assert {alert.rpartition("|")[2]: status.value for alert, status in watch.status().items()} == {
        "H07.1": "firing", "H07.2": "ok",
    }  # fmt: skip


def test_a_drop_against_the_same_weekday(clickhouse):
    watch = Watch(clickhouse, Threshold(RATE, 1, Direction.BELOW, Decimal(-10), measured=Measured.CHANGE, over="day",
                                        hold=timedelta(0)))  # fmt: skip
    counted(watch.client, date(2026, 11, 1), "H07.1", 10, 5)
    counted(watch.client, date(2026, 10, 25), "H07.1", 10, 9)
    counted(watch.client, date(2026, 10, 31), "H07.1", 10, 5)
    arrived(watch.client, MONDAY)
    assert watch.look(MONDAY) == [Kind.FIRED]
    (shown,) = watch.rows.ask("SELECT shown FROM alert_transition")
    assert shown == ("90,0 % (9/10) → 50,0 % (5/10)",)


@pytest.mark.parametrize(
    "threshold",
    [
        rate(),
        rate(agency=None, over="day", least=0),
        rate(agency=None, tier="xa", over="week", warn=Decimal(60)),
        rate(agency="H07.1", over="day", open_only=True, hold=timedelta(hours=3)),
        rate(agency=None, measured=Measured.CHANGE, over="day"),
    ],
    ids=["month", "day", "tier by week", "office hours", "change"],
)
def test_what_a_preview_says_is_what_fires_when_the_same_days_are_lived(clickhouse, threshold):
    """Day by day the dossiers come in, and the evaluator looks when the preview says it would."""
    if threshold.measured is Measured.CHANGE:
        threshold = Threshold(RATE, 1, Direction.BELOW, Decimal(-15), measured=Measured.CHANGE, over="day", least=5)
    watch = Watch(clickhouse, threshold)
    first, fired = date(2026, 10, 20), []
    now = MONDAY + timedelta(hours=12)
    calendar = stored(watch.client)
    for number in range((civil(now).date() - first).days + 1):
        day = first + timedelta(days=number)
        counted(watch.client, day, "H07.1", 4 + number % 5, (number * 7) % (5 + number % 5))
        counted(watch.client, day, "H07.2", 6, (number * 3) % 7)
        for moment in looks_of(threshold, day, calendar, now):
            arrived(watch.client, moment.at)
            evaluation = watch.evaluator.evaluate(moment.at)
            fired += [
                (each.agency, said.at, said.level, said.period, said.shown)
                for each in evaluation.moved for said in each.happened if said.kind is Kind.FIRED
            ]  # fmt: skip
    found = preview(watch.client, threshold, now)
    would = [
        (course.agency, one.at, one.level, one.period, one.shown) for course in found.courses for one in course.fired
    ]
    assert sorted(would, key=str) == sorted(fired, key=str)
    assert (found.alerts > 0, found.first) == (True, first)

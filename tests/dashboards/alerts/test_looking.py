"""What alerts see: of every agency what the board shows of it, the late lists, the data itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dashboards.agencies import agencies
from dashboards.alerts.drifting import Drifting
from dashboards.alerts.looking import Looker
from dashboards.alerts.watched import Watched
from dashboards.figures import Scope, kpi
from dashboards.late import how_many
from dashboards.leaders import readings
from dashboards.reconcile import drift
from dashboards.store import connect
from metrics.alerting.alert import Seen, Sight
from metrics.alerting.rule import Rule
from metrics.alerting.said import threshold
from metrics.catalogue import CATALOGUE, USUAL
from metrics.period import parse
from tests.support.filling import fill, province
from tests.support.province import TOPICS, arrived, insert

NOW = datetime(2026, 6, 10, 3, tzinfo=UTC)


@pytest.fixture
def client(clickhouse, tmp_path):
    found = connect(clickhouse)
    fill(found, province(tmp_path, 400, 7))
    return found


def at_once(work: Callable[[], None]) -> None:
    work()


def watch(**said: str) -> Watched:
    wanted, problems = threshold({name.replace("_", "-"): value for name, value in said.items()})
    assert wanted is not None, problems
    return Watched(Rule(wanted, 1, NOW, "soc", "thử"), wanted.agency)


def seen(client, *alerts: Watched, now: datetime = NOW, stuck: frozenset[str] = frozenset()) -> list[Seen]:
    found = Looker(client, Drifting(client, at_once)).look(alerts, agencies(client, now.date()), now, stuck)
    return [found[each.alert] for each in alerts]


def test_agencies_asked_together_read_what_each_reads_alone(client):
    """At every depth of the tree at once, and one that nobody describes."""
    period = parse("2026-06")
    known = agencies(client, period.last)
    wanted = [*list(known)[::4], "H99.nowhere"]
    judged = [each for each in CATALOGUE if each.id in {"vpcp06a_overdue", "qd766_on_time", "processing_time_median"}]
    asked = [each for each in (*USUAL, *judged) if "agency" in each.dimensions()]
    together = readings(client, asked, period, known, wanted)
    assert len(together) == len(wanted) * len(asked)
    for agency in wanted:
        for alone in kpi(client, Scope(period, agency), kpis=asked):
            mine = together[alone.kpi, agency]
            assert (mine.numerator, mine.denominator) == (alone.numerator, alone.denominator), (alone.kpi.id, agency)


def test_late_lists_are_those_of_the_board(client):
    names = {"overdue": 0, "due_24h": 1, "due_3d": 2, "due_7d": 3}
    codes = [None, *list(agencies(client, NOW.date()))[:6]]
    alerts = [watch(kpi=name, above="5", **({"agency": code} if code else {})) for code in codes for name in names]
    arrived(client, NOW)
    for each, found in zip(alerts, seen(client, *alerts), strict=True):
        counts = list(how_many(client, NOW, each.agency).values())
        assert found.value == counts[names[each.rule.threshold.subject]]


LOSING = (
    "ALTER TABLE dossier DELETE WHERE dossier IN (SELECT dossier FROM dossier WHERE resolved_at IS NOT NULL LIMIT 3) "
    "SETTINGS mutations_sync = 2"
)


def test_the_age_of_the_data_dead_letters_and_drift(client):
    for topic in TOPICS:
        client.command(f"ALTER TABLE pipeline_progress DELETE WHERE stream = '{topic}' SETTINGS mutations_sync = 2")
    arrived(client, NOW - timedelta(hours=3))
    age, drift = watch(kpi="data_age", above="1"), watch(kpi="drift", above="0")
    share = watch(kpi="dead_letter_share", above="1")
    before = seen(client, age, drift, share)
    assert before[0].value is not None
    assert before[0].value >= 3
    assert before[1].value == 0
    dead = client.query("SELECT count() FROM dead_letter FINAL").result_rows[0][0]
    insert(client, "dead_letter", file_kind="dossiers", source="x", line=1, reason="no", version=1)
    after = seen(client, share)[0]
    assert after.value is not None
    assert before[2].value is not None
    assert after.value * after.whole == 100 * (dead + 1)
    client.command(LOSING)
    assert seen(client, drift)[0].value > 0


ODD = "INSERT INTO kpi_cell (stream, day, paid) VALUES ('not in the facts', '2026-06-08', 1)"


def test_what_is_just_being_written_is_no_drift(client):
    client.command(ODD)
    gone = "ALTER TABLE kpi_cell DELETE WHERE stream = 'not in the facts' SETTINGS mutations_sync = 2"
    assert {each.period for each in drift(client, lambda _: None)} == {
        "2026-06-08", "2026-W24", "2026-06", "2026-Q2", "2026"
    }  # fmt: skip
    assert drift(client, lambda _: client.command(gone) and None) == []


def test_nobody_waits_for_a_reading_of_drift_and_one_is_read_at_a_time(client):
    begun: list[Callable[[], None]] = []
    drifting = Drifting(client, begun.append)
    for minutes in (0, 1, 30):
        assert drifting.seen(NOW + timedelta(minutes=minutes)).away is Sight.NO_DATA
    (read,) = begun
    read()
    assert drifting.seen(NOW + timedelta(minutes=9)).value == 0
    assert drifting.seen(NOW + timedelta(minutes=31)).value == 0
    assert len(begun) == 2


@pytest.mark.parametrize("name", ["online_submission_rate", "payment_transactions", "overdue"])
def test_a_stream_that_stands_still_is_no_data(client, name):
    arrived(client, NOW)
    alert = watch(kpi=name, above="1")
    assert seen(client, alert)[0].away is None
    assert seen(client, alert, stuck=frozenset(TOPICS))[0].away is Sight.NO_DATA


def test_a_source_that_never_brought_anything_is_no_zero(clickhouse):
    client = connect(clickhouse)
    assert seen(client, watch(kpi="payment_transactions", below="5"))[0].away is Sight.NO_DATA
    assert seen(client, watch(kpi="data_age", above="5"))[0].away is Sight.NO_DATA


def test_a_definition_that_is_no_more_is_an_error(client):
    alert = watch(kpi="online_submission_rate", below="5")
    gone = replace(alert, rule=replace(alert.rule, threshold=replace(alert.rule.threshold, version=99)))
    assert seen(client, gone)[0].away is Sight.ERROR

"""Thresholds in the store: dated rows, undo, what held on a day; and the command over them."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboards.alerts.rules import Rules, What
from dashboards.auth.rows import Rows
from dashboards.store import connect
from deploy.cli import main
from metrics.alerting.said import threshold
from metrics.errors import Misconfigured
from tests.support.province import catalogue

BEGAN = datetime(2026, 11, 2, 1, tzinfo=UTC)
RATE = "online_submission_rate"


class Clock:
    def __init__(self) -> None:
        self.now = BEGAN

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def rules(clickhouse: str, clock: Clock) -> Rules:
    return Rules(Rows(clickhouse), clock)


def wanted(limit: int, kpi: str = RATE):
    found, _ = threshold({"kpi": kpi, "below": str(limit)})
    assert found is not None
    return found


def test_what_held_on_a_day_can_be_asked(rules, clock):
    name = wanted(90).id
    for day, limit in enumerate((90, 80, 70)):
        clock.now = BEGAN + timedelta(days=day)
        rules.put(wanted(limit), "soc", f"reason {day}")
    clock.now += timedelta(days=1)
    rules.withdraw(name, "soc", "no more")
    held = [rules.holding(BEGAN + timedelta(days=day, hours=1)).get(name) for day in (-1, 0, 1, 2, 3)]
    assert [rule and int(rule.threshold.act) for rule in held] == [None, 90, 80, 70, None]
    assert [(change.actor, change.why) for change in rules.history(name)][1] == ("soc", "reason 1")


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["set", "undo", "withdraw"]), st.integers(1, 3), st.integers(-60, 600)),
                max_size=6))  # fmt: skip
def test_history_is_what_was_done(rules, clock, steps):
    """Against a list of the values that held, one after the other; clocks may go back."""
    rules._ledger._rows._connected().command("TRUNCATE TABLE threshold")
    name, held = wanted(1).id, [None]
    for what, limit, seconds in steps:
        clock.now += timedelta(seconds=seconds)
        try:
            match what:
                case "set":
                    rules.put(wanted(limit), "soc", "why")
                    assert held[-1] != limit
                    held.append(limit)
                case "undo":
                    rules.undo(name, "soc", "why")
                    held.append(held[-2])
                case "withdraw":
                    rules.withdraw(name, "soc", "why")
                    assert held[-1] is not None
                    held.append(None)
        except Misconfigured:
            assert (what == "set" and held[-1] == limit) or (what != "set" and (len(held) == 1 or held[-1] is None))
    now = rules.holding().get(name)
    assert (now and int(now.threshold.act)) == held[-1]
    said = [change.after and int(change.after.act) for change in rules.history(name)]
    assert said == held[1:]
    assert all(change.what in set(What) for change in rules.history())


@pytest.fixture
def nhip(clickhouse, monkeypatch, tmp_path, capsys):
    catalogue(connect(clickhouse), {"H07": None})
    monkeypatch.setenv("NHIP_CLICKHOUSE", clickhouse)
    monkeypatch.setenv("NHIP_DATA", str(tmp_path))

    def run(*words: str) -> tuple[int, str, str]:
        status = main(["threshold", *words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_the_command_sets_lists_changes_and_undoes(nhip):
    assert nhip("set", RATE, "--below", "95,5", "--agency", "H07", "--least", "20", "--why", "Nghị quyết 03")[0] == 0
    assert nhip("set", RATE, "--below", "90", "--agency", "H07", "--least", "20", "--why", "quá nhiều")[0] == 0
    (item,) = json.loads(nhip("list", "--json")[1])
    assert (item["act"], item["least"], item["actor"], item["why"]) == (90.0, 20, "terminal", "quá nhiều")
    assert item["limits"]["vi"] == "dưới 90 %"
    assert nhip("undo", item["id"], "--why", "nhầm")[0] == 0
    assert [each["act"] for each in json.loads(nhip("list", "--json")[1])] == [95.5]
    changes = json.loads(nhip("history", item["id"], "--json")[1])
    assert [(each["what"], each["before"] and each["before"]["act"], each["after"]["act"]) for each in changes] == [
        ("set", None, 95.5), ("set", 95.5, 90.0), ("undone", 90.0, 95.5),
    ]  # fmt: skip
    assert "nhầm" in nhip("history")[1]
    assert json.loads(nhip("list", "--json", "--on", "2020-01-01")[1]) == []
    assert nhip("withdraw", item["id"], "--why", "hết kỳ")[0] == 0
    assert json.loads(nhip("list", "--json")[1]) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", RATE, "--below", "95"), "say why"),
        (("set", RATE, "--below", "95", "--why", " "), "say why"),
        (("set", RATE, "--below", "195", "--why", "x"), "0 to 100"),
        (("set", RATE, "--below", "95", "--agency", "H99", "--why", "x"), "no such agency"),
        (("set", "nothing", "--below", "95", "--why", "x"), "no such KPI"),
        (("set",), "KPI: say which"),
        (("dance",), "WHAT"),
        (("undo", "nothing", "--why", "x"), "no such threshold"),
        (("list", "--below", "5"), "only for"),
        (("list", "--on", "yesterday"), "period"),
        (("approve", "nothing"), "nothing waits"),
        (("proposals", "nothing"), "not for"),
    ],
)
def test_the_command_refuses_with_the_reason(nhip, words, said):
    status, out, err = nhip(*words)
    assert (status, out) == (2, "")
    assert said in err


def test_where_two_have_to_agree_a_change_waits(clickhouse, clock):
    catalogue(connect(clickhouse), {"H07": None})
    rules, name = Rules(Rows(clickhouse), clock, four_eyes=True), wanted(90).id
    rules.put(wanted(90), "bien-tap", "Nghị quyết 03")
    assert (rules.holding(), [each.id for each in rules.proposals()]) == ({}, [name])
    with pytest.raises(Misconfigured, match="somebody else"):
        rules.approve(name, "bien-tap")
    clock.now += timedelta(days=1)
    rules.approve(name, "quan-tri")
    assert (rules.proposals(), rules.holding()[name].actor) == ([], "quan-tri")
    assert rules.holding()[name].why == "Nghị quyết 03 (đề nghị: bien-tap)"
    rules.withdraw(name, "quan-tri", "thôi")
    rules.refuse(name, "bien-tap", "vẫn cần")
    assert rules.holding()[name].threshold == wanted(90)
    with pytest.raises(Misconfigured, match="nothing waits"):
        rules.approve(name, "bien-tap")
    rules.put(wanted(70), "bien-tap", "cũ")
    clock.now += timedelta(days=8)
    assert rules.proposals() == []
    with pytest.raises(Misconfigured, match="nothing waits"):
        rules.approve(name, "quan-tri")
    assert rules.holding(BEGAN + timedelta(hours=1)) == {}
    assert [change.what for change in rules.history(name)] == [
        "proposed",
        "approved",
        "proposed",
        "refused",
        "proposed",
    ]


def test_the_command_proposes_and_approves(nhip, monkeypatch, clickhouse):
    monkeypatch.setenv("NHIP_ALERT_FOUR_EYES", "true")
    assert "proposed" in nhip("set", RATE, "--below", "95", "--why", "x")[2]
    assert json.loads(nhip("list", "--json")[1]) == []
    (asked,) = json.loads(nhip("proposals", "--json")[1])
    assert nhip("approve", asked["id"])[0] == 2
    rules = Rules(Rows(clickhouse), lambda: datetime.now(UTC), four_eyes=True)
    rules.approve(asked["id"], "quan-tri")
    rules.put(wanted(80), "bien-tap", "y")
    assert "approved" in nhip("approve", asked["id"])[2]
    assert [each["act"] for each in json.loads(nhip("list", "--json")[1])] == [80.0]

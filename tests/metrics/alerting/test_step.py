"""The state machine against an oracle that looks back over the whole history; restarts anywhere."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from metrics.alerting.acts import acknowledged
from metrics.alerting.alert import Seen, Sight, State
from metrics.alerting.now import Now, Policy
from metrics.alerting.rule import Rule
from metrics.alerting.step import step
from metrics.alerting.threshold import Direction, Threshold
from tests.oracle_alerts import Limits, Look, Oracle, Rules, Told

BEGAN = datetime(2026, 11, 2, 1, tzinfo=UTC)
STORED = TypeAdapter(State)
SPANS = st.sampled_from([0, 60, 600, 7200])


@st.composite
def limits(draw) -> Limits:
    bad = draw(st.sampled_from(["below", "above"]))
    act = draw(st.integers(3, 7))
    further = draw(st.none() | st.integers(1, 3))
    warn = None if further is None else act + (further if bad == "below" else -further)
    return Limits(bad, act, warn, draw(st.integers(0, 2)), draw(st.sampled_from([0, 0, 3])), draw(SPANS), draw(SPANS),
                  draw(st.booleans()))  # fmt: skip


def look(at: int, changes: int) -> st.SearchStrategy[Look]:
    return st.builds(
        Look,
        at=st.just(at),
        sees=st.integers(0, 10) | st.integers(0, 10) | st.sampled_from(["no_data", "error"]),
        whole=st.sampled_from([9, 9, 9, 1]),
        period=st.sampled_from(["2026-11"] * 8 + ["2026-12"]),
        limits=st.sampled_from([0] * 8 + list(range(changes))),
        open=st.sampled_from([True, True, True, False]),
        muted=st.sampled_from([False, False, False, True]),
        taken=st.sampled_from([False, False, False, False, True]),
    )


@st.composite
def histories(draw) -> tuple[list[Look], list[Limits]]:
    all_limits = draw(st.lists(limits(), min_size=1, max_size=3))
    gaps = draw(st.lists(st.sampled_from([0, 30, 60, 61, 600, 3600, 90_000, -30, -5000]), min_size=1, max_size=25))
    at, looks = 0, []
    for gap in gaps:
        at += gap
        looks.append(draw(look(at, len(all_limits))))
    return looks, all_limits


RULES = st.builds(
    Rules,
    repeat=st.sampled_from([600, 86400]),
    escalate=st.sampled_from([0, 60, 1800]),
    patience=st.sampled_from([0, 60, 900]),
)


def threshold(given: Limits) -> Threshold:
    return Threshold(
        "any", 0, Direction(given.bad), Decimal(given.act), None if given.warn is None else Decimal(given.warn),
        least=given.least, hold=timedelta(seconds=given.hold), calm=timedelta(seconds=given.calm),
        back=Decimal(given.back), open_only=given.office,
    )  # fmt: skip


def seen(one: Look) -> Seen:
    if isinstance(one.sees, str):
        return Seen(away=Sight(one.sees))
    return Seen(one.period, Fraction(one.sees), Fraction(one.whole))


def product(looks: list[Look], all_limits: list[Limits], rules: Rules, restarts: set[int]) -> list[Told]:
    policy = Policy(*(timedelta(seconds=span) for span in (rules.repeat, rules.escalate, rules.patience)))
    state, saved, told = State(), STORED.dump_json(State()), []
    for number, one in enumerate(looks):
        at, happened = BEGAN + timedelta(seconds=one.at), ()
        if number in restarts:
            state = STORED.validate_json(saved)
        if one.taken:
            state, happened = acknowledged(state, state.episode, state.level, "soc", at)
        rule = Rule(threshold(all_limits[one.limits]), one.limits + 1, BEGAN, "soc", "why")
        before, (state, more) = state, step(state, seen(one), rule, Now(at, one.open, one.muted, policy))
        if state != before or happened:
            saved = STORED.dump_json(state)
        kinds = [(t.kind.value, int(t.level), t.tell, t.cause or "") for t in (*happened, *more)]
        told.append(Told(state.status.value, kinds))
    return told


@settings(max_examples=400)
@given(histories(), RULES, st.sets(st.integers(0, 24)))
def test_every_look_is_as_the_whole_history_says(history, rules, restarts):
    looks, all_limits = history
    assert product(looks, all_limits, rules, restarts) == Oracle(looks, all_limits, rules).all()


def run(values, *, every=60, **changes) -> list[Told]:
    """An act limit of 5 from above, looked at each minute."""
    rule = Limits("above", 5, None, 1, 0, 120, 300, office=False)
    looks = [Look(every * n, value, 9, "p", 0, True, False, False) for n, value in enumerate(values)]
    return product(looks, [rule], Rules(86400, 86400, 600), set(), **changes)


def test_a_limit_broken_for_long_enough_fires_and_is_over_when_calm():
    statuses = [told.status for told in run([0, 9, 9, 9, 4, 4, 4, 4, 4, 4, 4])]
    assert statuses == ["ok", "pending", "pending", "firing", *["firing"] * 5, "resolved", "resolved"]


def test_a_value_between_the_limit_and_the_way_back_is_neither():
    assert [told.status for told in run([9, 9, 9, *[5] * 20])][3:] == ["firing"] * 20


def test_a_pause_without_data_neither_proves_nor_disproves_a_breach():
    assert [told.status for told in run([9, "no_data", 9, 9, 9])] == ["pending", "no_data", *["pending"] * 2, "firing"]


def test_missing_data_is_told_and_is_no_breach():
    told = run([0, *["no_data"] * 15, 0])
    assert {one.status for one in told[1:16]} == {"no_data"}
    assert [kind for one in told for kind, *_ in one.happened] == ["no_data", "returned"]


def test_flapping_becomes_one_long_alert():
    """Nine minutes bad, six minutes good, over and over: without damping each would be an alert of its own."""
    told = run([*[9] * 9, *[0] * 6] * 20)
    fired = [kind for one in told for kind, *_ in one.happened if kind == "fired"]
    assert len(fired) == 2


@pytest.mark.parametrize("field", ["period", "revision", "episode"])
def test_a_stored_state_is_read_as_it_was(field):
    state = State(revision=3, period="2026-11", episode=2, held=(timedelta(seconds=61), None), fired_at=(BEGAN,))
    again = STORED.validate_json(STORED.dump_json(state))
    assert again == state
    assert getattr(again, field) == getattr(state, field)

"""What people do to an alert: take it on, or take its threshold away; and what a threshold makes of a history."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from metrics.alerting.alert import Cause, Kind, Seen, State, Transition
from metrics.alerting.now import Now
from metrics.alerting.rule import Rule
from metrics.alerting.step import step
from metrics.alerting.threshold import Level


def acknowledged(
    state: State, episode: int, level: Level, actor: str, at: datetime
) -> tuple[State, tuple[Transition, ...]]:
    """Somebody has taken it on, up to that level; nothing where it is about another episode or already known."""
    if state.episode != episode or not state.level or level <= state.acknowledged:
        return state, ()
    number = state.transitions + 1
    said = Transition(number, Kind.ACKNOWLEDGED, at, episode, level, state.since, tell=False, actor=actor)
    return replace(state, acknowledged=level, transitions=number), (said,)


def withdrawn(state: State, at: datetime) -> tuple[State, tuple[Transition, ...]]:
    """The threshold is gone, and what was open with it."""
    over = State(episode=state.episode, transitions=state.transitions)
    if not state.level:
        return over, ()
    tell = state.told_at is not None
    number = state.transitions + 1
    said = Transition(
        number, Kind.RESOLVED, at, state.episode, state.level, state.since, tell=tell, cause=Cause.WITHDRAWN
    )
    return replace(over, transitions=number), (said,)


def replay(looks: Iterable[tuple[Seen, Now]], rule: Rule) -> Iterator[tuple[State, tuple[Transition, ...]]]:
    """Look by look, from nothing."""
    state = State()
    for seen, now in looks:
        state, happened = step(state, seen, rule, now)
        yield state, happened

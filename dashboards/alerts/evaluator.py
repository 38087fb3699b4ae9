"""One look at every alert. What is remembered between looks is in the store; memory only saves reading it again."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from clickhouse_connect.driver.client import Client

from dashboards.agencies import agencies
from dashboards.alerts.drifting import Drifting
from dashboards.alerts.looking import Looker
from dashboards.alerts.rules import Rules
from dashboards.alerts.states import Moved, States, Stored, Taken
from dashboards.alerts.watched import Watched, watched
from dashboards.calendar import stored
from metrics.alerting.acts import acknowledged, withdrawn
from metrics.alerting.alert import Seen, State, Transition
from metrics.alerting.now import Now, Policy
from metrics.alerting.step import step
from metrics.alerting.windows import Window
from metrics.calendar import Calendar
from metrics.civil import civil
from metrics.errors import Unavailable
from metrics.working_time import elapsed

NEW = Stored(0, State())
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Sighted:
    """What a look saw of an alert, and how the alert stood before it."""

    watched: Watched
    seen: Seen
    state: State


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One look: of when, what it saw of every alert, what moved, and how long it took."""

    at: datetime
    sighted: tuple[Sighted, ...]
    moved: tuple[Moved, ...]
    seconds: float

    @property
    def alerts(self) -> int:
        return len(self.sighted)


@dataclass(frozen=True, slots=True)
class Conditions:
    """What holds for all alerts. `planned` are windows beside those of the settings.

    `stuck` names the streams whose worker does not move.
    """

    policy: Policy = field(default_factory=Policy)
    windows: tuple[Window, ...] = ()
    planned: Callable[[], tuple[Window, ...]] = tuple
    stuck: Callable[[], frozenset[str]] = frozenset

    def muted(self, at: datetime) -> bool:
        """Whether nobody is to be called."""
        return any(window.holds(at) for window in (*self.windows, *self.planned()))


class Evaluator:
    """Unavailable passes through; then nothing has moved."""

    def __init__(
        self, client: Client, rules: Rules, states: States, conditions: Conditions, drifting: Drifting | None = None
    ) -> None:
        self._client, self._rules, self._states, self._conditions = client, rules, states, conditions
        self._looker = Looker(client, drifting or Drifting(client))
        self._held: dict[str, Stored] | None = None

    def evaluate(self, at: datetime) -> Evaluation:
        began = time.monotonic()
        try:
            sighted, moved = self._moved(at)
            self._states.save(moved)
        except Unavailable:
            self._held = None  # whether it was written is not known: read it again
            raise
        self._remember(moved)
        return Evaluation(at, sighted, tuple(moved), time.monotonic() - began)

    def forget(self) -> None:
        """Another evaluator has been at work."""
        self._held = None

    def _moved(self, at: datetime) -> tuple[tuple[Sighted, ...], list[Moved]]:
        today = civil(at).date()
        known, calendar = agencies(self._client, today), stored(self._client)
        alerts = watched(self._rules.holding().values(), known, today)
        seen = self._looker.look(alerts, known, at, self._conditions.stuck()) if alerts else {}
        held, taken = self._loaded(), self._states.taken(at)
        now = Now(at, is_open(calendar, at), self._conditions.muted(at), self._conditions.policy)
        moved = [*_stepped(alerts, seen, held, taken, now), *self._withdrawn(alerts, held, at)]
        sighted = (Sighted(each, seen[each.alert], held.get(each.alert, NEW).state) for each in alerts)
        return tuple(sighted), moved

    def _loaded(self) -> Mapping[str, Stored]:
        if self._held is None:
            self._held = self._states.load()
        return self._held

    def _remember(self, moved: Sequence[Moved]) -> None:
        if self._held is not None:
            self._held |= {each.alert: each.stored for each in moved}

    def _withdrawn(self, alerts: Sequence[Watched], held: Mapping[str, Stored], at: datetime) -> Iterable[Moved]:
        """What is open and watched by nobody any more: its threshold was withdrawn, or its agency is gone."""
        for alert in held.keys() - {each.alert for each in alerts}:
            if held[alert].state.level and (last := self._states.last_rule(alert)) is not None:
                state, happened = withdrawn(held[alert].state, at)
                yield Moved(alert, last[1], last[0], Stored(held[alert].version + 1, state), happened)


def _stepped(
    alerts: Sequence[Watched], seen: Mapping[str, Seen], held: Mapping[str, Stored], taken: Sequence[Taken], now: Now
) -> Iterable[Moved]:
    by_alert = {each.alert: each for each in sorted(taken, key=lambda each: each.episode)}
    for each in alerts:
        before = held.get(each.alert, NEW)
        state, acknowledging = _taken(before.state, by_alert.get(each.alert), now)
        state, happened = step(state, seen[each.alert], each.rule, now)
        if state != before.state:
            yield Moved(
                each.alert, each.agency, each.rule, Stored(before.version + 1, state), (*acknowledging, *happened)
            )


def _taken(state: State, taken: Taken | None, now: Now) -> tuple[State, tuple[Transition, ...]]:
    if taken is None:
        return state, ()
    return acknowledged(state, taken.episode, taken.level, taken.actor, now.at)


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Whether offices work at that second."""
    second = at.replace(microsecond=0)
    return elapsed(calendar, second + SECOND) > elapsed(calendar, second)

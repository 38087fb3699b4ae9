"""How alerts stand, in the store. A transition's row carries the state after it: they are written together or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter

from dashboards.auth.rows import Rows
from metrics.alerting.alert import State, Transition
from metrics.alerting.rule import Rule
from metrics.alerting.threshold import Level

STATE, RULE = TypeAdapter(State), TypeAdapter(Rule)
ACKNOWLEDGED_WITHIN = timedelta(days=60)

TRANSITION = (
    "alert", "number", "version", "at", "kind", "episode", "level", "since", "tell", "cause", "shown", "period",
    "actor", "threshold", "agency", "rule", "state",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stored:
    """`version` counts the writings of an alert's state."""

    version: int
    state: State


@dataclass(frozen=True, slots=True)
class Moved:
    """One alert after a look: its new state, and what happened to it under which rule."""

    alert: str
    agency: str | None
    rule: Rule
    stored: Stored
    happened: tuple[Transition, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """Somebody has taken an episode of an alert on, up to a level."""

    alert: str
    episode: int
    level: Level
    actor: str


class States:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def load(self) -> dict[str, Stored]:
        """By alert, the newest of what was written with or without a transition."""
        both = (
            "SELECT alert, version, state FROM alert_state UNION ALL SELECT alert, version, state FROM alert_transition"
        )
        rows = self._rows.ask(f"SELECT alert, max(version), argMax(state, version) FROM ({both}) GROUP BY alert")
        return {alert: Stored(int(version), STATE.validate_json(state)) for alert, version, state in rows}

    def save(self, moved: Sequence[Moved]) -> None:
        """Transitions first: should we end in between, their rows have all there is to know."""
        self._rows.add_all("alert_transition", TRANSITION, [row for each in moved for row in _transitions(each)])
        states = [[each.alert, each.stored.version, STATE.dump_json(each.stored.state).decode()] for each in moved]
        self._rows.add_all("alert_state", ("alert", "version", "state"), states)

    def last_rule(self, alert: str) -> tuple[Rule, str | None] | None:
        """Under which rule something last happened to it, and to which agency."""
        question = "SELECT rule, agency FROM alert_transition WHERE alert = {alert:String} ORDER BY number DESC LIMIT 1"
        found = self._rows.ask(question, alert=alert)
        return (RULE.validate_json(found[0][0]), found[0][1] or None) if found else None

    def taken(self, now: datetime) -> list[Taken]:
        question = (
            "SELECT alert, episode, max(level), argMax(actor, (level, at)) FROM alert_acknowledgement "
            "WHERE at > {since:DateTime64(3, 'UTC')} GROUP BY alert, episode"
        )
        rows = self._rows.ask(question, since=now - ACKNOWLEDGED_WITHIN)
        return [Taken(alert, int(episode), Level(level), actor) for alert, episode, level, actor in rows]

    def take(self, taken: Taken, at: datetime) -> None:
        """The evaluator knows of it at its next look."""
        self._rows.add(
            "alert_acknowledgement",
            alert=taken.alert,
            episode=taken.episode,
            level=int(taken.level),
            at=at,
            actor=taken.actor,
        )


def _transitions(moved: Moved) -> list[list[Any]]:
    rule, state = RULE.dump_json(moved.rule).decode(), STATE.dump_json(moved.stored.state).decode()
    return [
        [
            moved.alert, each.number, moved.stored.version, each.at, each.kind.value, each.episode, int(each.level),
            each.since, each.tell, each.cause.value if each.cause else "", each.shown, each.period, each.actor,
            moved.rule.threshold.id, moved.agency or "", rule, state,
        ]
        for each in moved.happened
    ]  # fmt: skip

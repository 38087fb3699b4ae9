"""How the alerts stand, for people: what is open, what happened, how fast it was taken on, what fires most."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from dashboards.agencies import Agency
from dashboards.alerts.message import link
from dashboards.alerts.outbox import Outcome
from dashboards.alerts.rules import Rules
from dashboards.alerts.states import RULE, States
from dashboards.alerts.watched import Watched, watched
from dashboards.auth.rows import Rows
from metrics.alerting.alert import Cause, Kind, State, Status
from metrics.alerting.rule import Rule
from metrics.alerting.threshold import Level

ORDER = (Status.FIRING, Status.ACKNOWLEDGED, Status.ERROR, Status.NO_DATA, Status.PENDING, Status.RESOLVED, Status.OK)
LOOKED_WITHIN = timedelta(minutes=2)
"""An older look means that nobody watches."""
MEASURED, NOISY = timedelta(days=90), timedelta(days=30)
NOISIEST, NEWEST = 5, 100


@dataclass(frozen=True, slots=True)
class Row:
    """One alert. `shown` is the number that it fired with; `actor` has taken it on."""

    watched: Watched
    state: State
    shown: str
    actor: str

    @property
    def status(self) -> Status:
        return self.state.status

    @property
    def phase(self) -> Status:
        """Whether it is open, seen or not."""
        return self.state.phase

    @property
    def link(self) -> str:
        return link(self.watched.rule.threshold, self.watched.agency, self.state.period)


@dataclass(frozen=True, slots=True)
class Happened:
    """A line of the history."""

    at: datetime
    kind: Kind
    level: Level
    rule: Rule
    agency: str | None
    shown: str
    actor: str
    cause: Cause | None


@dataclass(frozen=True, slots=True)
class Speed:
    """Of the alerts that fired in a span: how many, how many were taken on and are over, and how long it took."""

    fired: int
    acknowledged: int
    to_acknowledge: timedelta | None
    resolved: int
    to_resolve: timedelta | None


@dataclass(frozen=True, slots=True)
class Look:
    """The last one."""

    at: datetime
    alerts: int
    seconds: float

    def missing(self, now: datetime) -> bool:
        return now - self.at > LOOKED_WITHIN


class Standing:
    def __init__(self, rows: Rows, clock: Callable[[], datetime]) -> None:
        self._rows = rows
        self.rules = Rules(rows, clock)
        self.states = States(rows)

    def now(self, known: Mapping[str, Agency], at: datetime) -> list[Row]:
        """Every alert, what is open first. What was taken on since the last look shows so already."""
        held = self.states.load()
        told = self._told()
        taken = {(each.alert, each.episode): each for each in self.states.taken(at)}
        rows = []
        for each in watched(self.rules.holding().values(), known, at.date()):
            state = held[each.alert].state if each.alert in held else State()
            shown, actor = told.get((each.alert, state.episode), ("", ""))
            if mine := taken.get((each.alert, state.episode)):
                state, actor = _acknowledged(state, mine.level), mine.actor
            rows.append(Row(each, state, shown, actor if state.phase is Status.ACKNOWLEDGED else ""))
        return sorted(rows, key=lambda row: (_place(row), -row.state.level, row.watched.alert))

    def _told(self) -> dict[tuple[str, int], tuple[str, str]]:
        rows = self._rows.ask(
            "SELECT alert, episode, argMaxIf(shown, number, shown != ''), argMaxIf(actor, number, actor != '') "
            "FROM alert_transition FINAL GROUP BY alert, episode"
        )
        return {(alert, int(episode)): (shown, actor) for alert, episode, shown, actor in rows}

    def history(self, most: int = NEWEST) -> list[Happened]:
        """Newest first."""
        rows = self._rows.ask(
            "SELECT toUnixTimestamp64Milli(at), kind, level, rule, agency, shown, actor, cause "
            "FROM alert_transition FINAL ORDER BY at DESC, number DESC LIMIT {most:UInt32}",
            most=most,
        )
        return [
            Happened(
                datetime.fromtimestamp(at / 1000, UTC), Kind(kind), Level(level), RULE.validate_json(rule),
                agency or None, shown, actor, Cause(cause) if cause else None,
            )
            for at, kind, level, rule, agency, shown, actor, cause in rows
        ]  # fmt: skip

    def speed(self, at: datetime) -> Speed:
        [row] = self._rows.ask(
            "SELECT count(), countIf(acked > 0), sumIf(acked - fired, acked > 0), countIf(over > 0), "
            "sumIf(over - fired, over > 0) FROM (SELECT alert, episode, "
            + ", ".join(
                f"minIf(toUnixTimestamp64Milli(at), kind = '{kind}') AS {name}"
                for kind, name in ((Kind.FIRED, "fired"), (Kind.ACKNOWLEDGED, "acked"), (Kind.RESOLVED, "over"))
            )
            + " FROM alert_transition FINAL GROUP BY alert, episode "
            "HAVING fired >= toUnixTimestamp64Milli({since:DateTime64(3, 'UTC')}))",
            since=at - MEASURED,
        )
        fired, acked, acking, over, lasting = map(int, row)
        return Speed(fired, acked, _mean(acking, acked), over, _mean(lasting, over))

    def noisiest(self, at: datetime) -> list[tuple[str, int]]:
        """The thresholds that fired most, with how often."""
        rows = self._rows.ask(
            "SELECT threshold, count() AS fired FROM alert_transition FINAL WHERE kind = 'fired' "
            "AND at >= {since:DateTime64(3, 'UTC')} GROUP BY threshold ORDER BY fired DESC, threshold "
            "LIMIT {most:UInt32}",
            since=at - NOISY,
            most=NOISIEST,
        )
        return [(threshold, int(fired)) for threshold, fired in rows]

    def undelivered(self, at: datetime) -> list[tuple[str, Outcome, int, str]]:
        """Groups that messages of the last week did not reach, or reach late: how many, and the last word."""
        rows = self._rows.ask(
            "SELECT recipient, outcome, count(), argMax(said, made_at) FROM alert_message FINAL "
            "WHERE made_at >= {since:DateTime64(3, 'UTC')} AND (outcome IN ('undeliverable', 'nobody') "
            "OR (outcome = 'waiting' AND attempts > 0)) GROUP BY recipient, outcome ORDER BY recipient, outcome",
            since=at - timedelta(days=7),
        )
        return [(recipient, Outcome(outcome), int(number), said) for recipient, outcome, number, said in rows]

    def look(self) -> Look | None:
        rows = self._rows.ask(
            "SELECT toUnixTimestamp64Milli(at), alerts, seconds FROM alert_look FINAL ORDER BY at DESC LIMIT 1"
        )
        return Look(datetime.fromtimestamp(rows[0][0] / 1000, UTC), int(rows[0][1]), rows[0][2]) if rows else None


def _place(row: Row) -> int:
    """An open alert that cannot be seen now is open all the same."""
    shown = row.phase if row.state.level else row.status
    return ORDER.index(shown)


def _acknowledged(state: State, level: Level) -> State:
    return replace(state, acknowledged=max(state.acknowledged, level))


def _mean(milliseconds: int, number: int) -> timedelta | None:
    return timedelta(milliseconds=milliseconds / number) if number else None


def quiet(rows: Sequence[Row]) -> int:
    """How many are as they should be."""
    return sum(row.status in {Status.OK, Status.RESOLVED} for row in rows)

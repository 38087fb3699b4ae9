"""The state machine: one look at one alert. What it does is decided here and nowhere else, so a preview is a replay.

A pause without data, hours in which it does not count and a reading of too few cases neither prove nor disprove
anything: timers stand still meanwhile. A jump of the clock backwards costs at most the interval it fell into.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from metrics.alerting.alert import Cause, Kind, Seen, Sight, State, Status, Transition
from metrics.alerting.now import Now
from metrics.alerting.rule import Rule
from metrics.alerting.threshold import Level, Threshold

REMEMBERED = timedelta(days=1)
"""For how long a firing counts as one that may be flapping."""
MOST_DOUBLINGS = 5
"""Each firing within a day asks for twice the calm of the one before, up to 32 times."""


def step(state: State, seen: Seen, rule: Rule, now: Now) -> tuple[State, tuple[Transition, ...]]:
    """The state after this look and what happened. Equal arguments give equal answers."""
    course = Course(_no_later(state, now.at), seen, rule, now)
    course.run()
    return course.state, tuple(course.happened)


def _no_later(state: State, now: datetime) -> State:
    """Where the clock went back, nothing that is remembered lies in the future."""

    def past(at: datetime | None) -> datetime | None:
        return None if at is None else min(at, now)

    return replace(
        state,
        since=past(state.since),
        told_at=past(state.told_at),
        dark_since=past(state.dark_since),
        looked_at=past(state.looked_at),
        fired_at=tuple(min(at, now) for at in state.fired_at),
    )


@dataclass(slots=True)
class Course:
    """One look under way."""

    state: State
    seen: Seen
    rule: Rule
    now: Now
    happened: list[Transition] = field(default_factory=list)
    ends_at_once: Cause | None = None
    """Calm is not waited for: the limits have moved, or another period has begun."""

    @property
    def threshold(self) -> Threshold:
        return self.rule.threshold

    def run(self) -> None:
        sight = self.seen.sight(self.threshold.least)
        self._forget_old_firings()
        if sight.dark:
            self._dark(sight)
            return
        self._light(sight)
        if self.threshold.open_only and not self.now.open:
            self.state = replace(self.state, looked_at=None)
            return
        self._limits()
        self._period()
        if sight is Sight.FEW:
            self._few()
        else:
            self._judge()
        self._remind()

    def _forget_old_firings(self) -> None:
        kept = tuple(at for at in self.state.fired_at if self.now.at - at < REMEMBERED)
        self.state = replace(self.state, fired_at=kept)

    def _limits(self) -> None:
        if self.state.revision != self.rule.revision:
            self.ends_at_once = Cause.LIMITS if self.state.revision else None
            self._reset()
            self.state = replace(self.state, revision=self.rule.revision)

    def _period(self) -> None:
        if self.state.period != self.seen.period:
            if self.state.period:
                self.ends_at_once = self.ends_at_once or Cause.PERIOD
                self._reset()
            self.state = replace(self.state, period=self.seen.period)

    def _reset(self) -> None:
        self.state = replace(self.state, held=(None, None), calm=None, looked_at=None)

    def _elapsed(self) -> timedelta:
        at = self.state.looked_at
        return timedelta(0) if at is None else self.now.at - at

    def _dark(self, sight: Sight) -> None:
        """Nobody expects new data while offices are closed; a failure counts at any hour."""
        state, counts = self.state, sight is Sight.ERROR or self.now.open
        before = _advanced(state.dark, self._elapsed() if state.sight.dark else timedelta(0))
        dark = min(before if counts else state.dark or timedelta(0), self.now.policy.patience)
        since = state.dark_since or self.now.at
        self.state = replace(
            state,
            sight=sight,
            dark=dark,
            dark_since=since,
            looked_at=self.now.at if counts and dark < self.now.policy.patience else None,
        )
        if dark >= self.now.policy.patience and not state.dark_told and not self.now.muted:
            self.state = replace(self.state, dark_told=True)
            self._happen(Kind.ERROR if sight is Sight.ERROR else Kind.NO_DATA, tell=True, since=since)

    def _light(self, sight: Sight) -> None:
        """Something can be seen, perhaps again."""
        state = self.state
        if state.dark_told:
            self._happen(Kind.RETURNED, tell=True, since=state.dark_since)
        looked_at = None if state.sight.dark else state.looked_at
        self.state = replace(self.state, sight=sight, dark=None, dark_since=None, dark_told=False, looked_at=looked_at)

    def _few(self) -> None:
        """Too little to call it bad, or good again; but what was of another period is over with it."""
        self.state = replace(self.state, held=(None, None), looked_at=None)
        if self.state.level and self.ends_at_once:
            self._resolve(self.ends_at_once)

    def _judge(self) -> None:
        value = self.seen.value
        if value is None:
            raise AssertionError  # then it is FEW
        held, confirmed = self._held(self.threshold.reached(value))
        self.state = replace(self.state, held=held)
        if confirmed > self.state.level:
            self._break_out(confirmed)
        if self.state.level and self.threshold.clear(value):
            self._calm_down()
        else:
            self.state = replace(self.state, calm=None)
        running = self.state.calm is not None or any(t is not None and t < self.threshold.hold for t in held)
        self.state = replace(self.state, looked_at=self.now.at if running else None)

    def _held(self, reached: Level) -> tuple[tuple[timedelta | None, timedelta | None], Level]:
        """How long each limit has been broken, and the highest level for long enough."""
        elapsed, hold = self._elapsed(), self.threshold.hold
        levels = (Level.WARN, Level.ACT)
        timers = [
            min(_advanced(timer, elapsed), hold) if reached >= level else None
            for level, timer in zip(levels, self.state.held, strict=True)
        ]
        done = [level for level, timer in zip(levels, timers, strict=True) if timer is not None and timer >= hold]
        return (timers[0], timers[1]), max(done, default=Level.NONE)

    def _break_out(self, level: Level) -> None:
        state, at = self.state, self.now.at
        if state.level:
            self.state = replace(state, level=level, told_at=None, escalated=False)
            self._tell_now(Kind.WORSE)
        else:
            self.state = replace(
                state,
                level=level,
                acknowledged=Level.NONE,
                episode=state.episode + 1,
                since=at,
                told_at=None,
                escalated=False,
                fired_at=(*state.fired_at, at),
            )
            self._tell_now(Kind.FIRED)

    def _calm_down(self) -> None:
        calm = _advanced(self.state.calm, self._elapsed())
        wanted = self.threshold.calm * 2 ** min(max(len(self.state.fired_at) - 1, 0), MOST_DOUBLINGS)
        if calm >= wanted or self.ends_at_once:
            self._resolve(self.ends_at_once or Cause.VALUE)
        else:
            self.state = replace(self.state, calm=calm)

    def _resolve(self, cause: Cause) -> None:
        """Told to whom the firing was told, even in a maintenance window: nobody is left with an alert that is over."""
        self._happen(Kind.RESOLVED, tell=self.state.told_at is not None, since=self.state.since, cause=cause)
        self.state = replace(
            self.state, level=Level.NONE, acknowledged=Level.NONE, since=None, told_at=None, escalated=False, calm=None
        )

    def _remind(self) -> None:
        """What is owed since a maintenance window, what nobody has taken on, what was said too long ago."""
        state, at = self.state, self.now.at
        if state.phase is not Status.FIRING or self.now.muted:
            return
        if state.told_at is None or at - state.told_at >= self.now.policy.repeat:
            self._tell_now(Kind.REMINDED)
        if state.since is not None and not state.escalated and at - state.since >= self.now.policy.escalate:
            self.state = replace(self.state, escalated=True)
            self._happen(Kind.ESCALATED, tell=True, since=state.since)

    def _tell_now(self, kind: Kind) -> None:
        if not self.now.muted:
            self.state = replace(self.state, told_at=self.now.at)
        self._happen(kind, tell=not self.now.muted, since=self.state.since)

    def _happen(self, kind: Kind, *, tell: bool, since: datetime | None, cause: Cause | None = None) -> None:
        number = self.state.transitions + 1
        self.state = replace(self.state, transitions=number)
        self.happened.append(
            Transition(
                number,
                kind,
                self.now.at,
                self.state.episode,
                self.state.level,
                since,
                tell,
                cause,
                self.seen.shown,
                self.state.period,
            )
        )


def _advanced(timer: timedelta | None, elapsed: timedelta) -> timedelta:
    """A timer that begins now is at nothing."""
    return timedelta(0) if timer is None else timer + elapsed

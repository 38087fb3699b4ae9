"""One alert: how it stands, what is seen of its subject, and what happens to it. Values only; `step` moves them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from metrics.alerting.threshold import Level


class Sight(StrEnum):
    """What can be said of the subject now. FEW: known, but too little to judge by."""

    KNOWN = "known"
    FEW = "few"
    NO_DATA = "no_data"
    ERROR = "error"

    @property
    def dark(self) -> bool:
        return self in {Sight.NO_DATA, Sight.ERROR}


@dataclass(frozen=True, slots=True)
class Seen:
    """A reading as alerts look at it: exact, in the subject's scale; `whole` is the denominator, where it has one.

    `away` says that there is no reading to go by; `shown` is what people are told of it.
    """

    period: str = ""
    value: Fraction | None = None
    whole: Fraction | None = None
    away: Sight | None = None
    shown: str = ""

    def sight(self, least: int) -> Sight:
        if self.away is not None:
            return self.away
        few = self.value is None or (self.whole is not None and self.whole < least)
        return Sight.FEW if few else Sight.KNOWN


class Status(StrEnum):
    """What an alert is called."""

    OK = "ok"
    PENDING = "pending"
    FIRING = "firing"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"
    NO_DATA = "no_data"
    ERROR = "error"


class Kind(StrEnum):
    """What can happen to an alert."""

    FIRED = "fired"
    WORSE = "worse"
    REMINDED = "reminded"
    ESCALATED = "escalated"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"
    NO_DATA = "no_data"
    ERROR = "error"
    RETURNED = "returned"


class Cause(StrEnum):
    """Why an alert is over: the value came back, the limits moved, or another period has begun."""

    VALUE = "value"
    LIMITS = "limits"
    PERIOD = "period"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Transition:
    """`number` counts the transitions of an alert from 1, `episode` its firings. `tell`: somebody has to hear of it.

    `since` is when the episode fired, or the darkness began to be counted.
    """

    number: int
    kind: Kind
    at: datetime
    episode: int
    level: Level
    since: datetime | None
    tell: bool
    cause: Cause | None = None
    shown: str = ""
    period: str = ""
    actor: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """Everything that is remembered of an alert between two looks; it changes only where something is under way.

    Timers are how long something has lasted, None where it does not: `held` the value beyond the warn and the act
    limit, `calm` clear of them, `dark` without a reading. `looked_at` is when they were last moved on, None where an
    interval that ends now must not count. `level` is the highest of the episode; `acknowledged` up to which one.
    `told_at` is when somebody last had to hear of the episode, None while that is owed.
    `fired_at` are the firings of the last day.
    """

    revision: int = 0
    period: str = ""
    sight: Sight = Sight.KNOWN
    level: Level = Level.NONE
    acknowledged: Level = Level.NONE
    episode: int = 0
    transitions: int = 0
    since: datetime | None = None
    told_at: datetime | None = None
    escalated: bool = False
    held: tuple[timedelta | None, timedelta | None] = (None, None)
    calm: timedelta | None = None
    dark: timedelta | None = None
    dark_since: datetime | None = None
    dark_told: bool = False
    fired_at: tuple[datetime, ...] = ()
    looked_at: datetime | None = None

    @property
    def phase(self) -> Status:
        """Apart from whether anything can be seen now."""
        if self.level:
            return Status.ACKNOWLEDGED if self.acknowledged >= self.level else Status.FIRING
        if self.held != (None, None):
            return Status.PENDING
        return Status.RESOLVED if self.fired_at else Status.OK

    @property
    def status(self) -> Status:
        return Status(self.sight.value) if self.sight.dark else self.phase

"""The moment of a look, and the rules that hold for all alerts at it."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Policy:
    """How often an open alert is said again, when it is passed on, for how long data may be missing."""

    repeat: timedelta = timedelta(hours=24)
    escalate: timedelta = timedelta(minutes=30)
    patience: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Now:
    """Whether offices are `open`, and whether a maintenance window keeps messages back (`muted`)."""

    at: datetime
    open: bool = True
    muted: bool = False
    policy: Policy = Policy()

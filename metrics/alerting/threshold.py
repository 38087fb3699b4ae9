"""A threshold: what is watched, for whom, from which value on somebody hears of it."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import IntEnum, StrEnum
from fractions import Fraction


class Direction(StrEnum):
    """On which side of its limits a value is bad."""

    BELOW = "below"
    ABOVE = "above"


class Measured(StrEnum):
    """The value itself, or by how much it changed: points of a rate, else a number.

    A change is of the last day, week or month that is over against the one of the same kind before it; for a day
    against the same weekday of the week before.
    """

    VALUE = "value"
    CHANGE = "change"


class Level(IntEnum):
    """How far a value is beyond the limits."""

    NONE = 0
    WARN = 1
    ACT = 2


NOW = "now"
"""`over` of what has no period: how it stands at this moment."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """Limits are in the subject's scale. `over` names the kind of period.

    `agency`: with all below it; `tier`: each agency of that tier for itself; neither: the province.
    `least`: smallest denominator. `hold`: how long a limit must be broken. `back`: how far back inside the value has
    to come, and `calm` for how long, until it is over. `open_only`: only while offices are open.
    `recipients` are names of groups; none are the usual ones.
    """

    subject: str
    version: int
    direction: Direction
    act: Decimal
    warn: Decimal | None = None
    measured: Measured = Measured.VALUE
    over: str = "month"
    agency: str | None = None
    tier: str | None = None
    least: int = 0
    hold: timedelta = timedelta(minutes=5)
    calm: timedelta = timedelta(minutes=10)
    back: Decimal = Decimal(0)
    open_only: bool = False
    recipients: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What makes it this one: setting it again changes its limits."""
        whom = self.agency or (f"tier={self.tier}" if self.tier else "*")
        return f"{self.subject}.{self.version}/{self.over}/{self.measured}/{self.direction}/{whom}"

    @property
    def outermost(self) -> Decimal:
        """The limit that is reached first."""
        return self.act if self.warn is None else self.warn

    def beyond(self, value: Fraction, limit: Decimal) -> bool:
        """A value on the limit itself is still good."""
        return value < Fraction(limit) if self.direction is Direction.BELOW else value > Fraction(limit)

    def reached(self, value: Fraction) -> Level:
        if self.beyond(value, self.act):
            return Level.ACT
        return Level.WARN if self.warn is not None and self.beyond(value, self.warn) else Level.NONE

    def clear(self, value: Fraction) -> bool:
        """Back inside every limit by as much as is asked for."""
        inside = self.outermost + (self.back if self.direction is Direction.BELOW else -self.back)
        return not self.beyond(value, inside)

"""A digest before it is words: what was read of a period, for the province or an agency with all below it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from clickhouse_connect.driver.client import Client

from dashboards.change import breaks
from dashboards.digest.verdict import Verdict
from dashboards.figures import Reading
from metrics.alerting.threshold import Threshold
from metrics.breaks import Break, within
from metrics.kpi import Kpi
from metrics.period import Period
from metrics.what_if import WhatIf


class State(StrEnum):
    """Whether the figures can still change by themselves."""

    RUNNING = "running"
    OVER = "over"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the data goes: agencies that were to be heard of, those that were not, and up to when it is complete.

    An agency is waited for where it has dossiers in the period, or had so many in the 90 days before that none at all
    is no chance. `lag`: working seconds between the data's end and the period's.
    """

    expected: int
    silent: tuple[str, ...]
    as_of: datetime | None
    lag: int


@dataclass(frozen=True, slots=True)
class Flow:
    """Dossiers of the period as form 06a counts them: received = carried over + new = resolved + open.

    `waiting` of the open ones wait for a supplement; `due` of them are due in the seven days after the period.
    """

    received: int
    carried: int
    online: int
    desk: int
    post: int
    resolved: int
    early: int
    in_time: int
    late: int
    open: int
    open_in_time: int
    overdue: int
    waiting: int
    due: int

    @property
    def holds(self) -> bool:
        """The form's identities."""
        return (
            self.received == self.carried + self.online + self.desk + self.post == self.resolved + self.open
            and self.resolved == self.early + self.in_time + self.late
            and self.open == self.open_in_time + self.overdue
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """A KPI beside the period before, the same one a year before, and the limit that was set for it."""

    now: Reading
    before: Reading | None
    year: Reading | None
    target: Threshold | None
    turns: tuple[Break, ...]
    verdict: Verdict

    @property
    def kpi(self) -> Kpi:
        return self.now.kpi


@dataclass(frozen=True, slots=True)
class Unit:
    """An agency with one of its figures."""

    agency: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Standing:
    """Of the agencies with enough cases the first few and the last few, best and worst first."""

    kpi: Kpi
    ranked: int
    best: tuple[Unit, ...]
    worst: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """What lies at an agency: resolved late in the period, overdue at its end, due in the seven days after it."""

    agency: str
    late: int
    overdue: int
    due: int


@dataclass(frozen=True, slots=True)
class Jump:
    """A procedure whose dossiers became more or fewer than chance explains."""

    procedure: str
    name: str | None
    now: int
    before: int


@dataclass(frozen=True, slots=True)
class Unused:
    """Online services without a dossier in the period, of so many; the fields that have most of them."""

    services: int
    of: int
    fields: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Points:
    """Points of QĐ 766 that one indicator lost, and what half a point more would take."""

    reading: Reading
    most: float
    half: WhatIf | None


@dataclass(frozen=True, slots=True)
class Breach:
    """A limit broken in the period. `by`: who took it on, or nobody; `over`: why it is over, where it is."""

    at: datetime
    threshold: Threshold
    agency: str | None
    shown: str
    by: str
    over: str


@dataclass(frozen=True, slots=True)
class Restated:
    """A figure that was printed, or closed, and reads otherwise now."""

    kpi: Kpi
    period: Period
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Quality:
    """What is wrong with the data: dossiers of the period failing a check, and lines that could not be read at all."""

    failing: tuple[tuple[str, int], ...]
    dead_letters: int
    silent_streams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything that a digest says. `agency` is None for the province; `names` are those of the agencies in it.

    `courtesy`: letters of apology, and appointments that were moved. `turns`: what happened to the agency itself.
    """

    period: Period
    agency: str | None
    names: dict[str, str]
    made_at: datetime
    state: State
    coverage: Coverage
    flow: Flow
    figures: tuple[Figure, ...]
    trends: tuple[tuple[Reading, ...], ...]
    standings: tuple[Standing, ...]
    loads: tuple[Load, ...]
    late_procedures: tuple[tuple[str, int], ...]
    courtesy: tuple[Reading, ...]
    points: tuple[Points, ...]
    unused: Unused
    jumps: tuple[Jump, ...]
    breaches: tuple[Breach, ...]
    restated: tuple[Restated, ...]
    quality: Quality
    promised: tuple[str, ...] = ()
    turns: tuple[Break, ...] = ()

    @property
    def inside(self) -> tuple[Break, ...]:
        """What parts the period itself: its figures add up two things that are not the same."""
        return within(self.period.first, self.period.last, unit=self.turns)

    @property
    def broken(self) -> tuple[Break, ...]:
        """Everything that keeps a printed figure from being compared with an earlier one beside it."""
        pairs = ((one.now, then) for one in self.figures for then in (one.before, one.year))
        return tuple(sorted({each for now, then in pairs for each in breaks(now, then, self.turns)}))

    @property
    def empty(self) -> bool:
        """Nothing at all is known of the period."""
        return self.flow.received == 0 and all(not figure.now.numerator for figure in self.figures)


Promises = Callable[[Client, Period, Sequence[str] | None, Mapping[str, str]], Sequence[str]]
"""What was promised and what came of it in a period, a line each: of these agencies or of all; with their names."""

"""The KPI of an action over the months before it was promised and since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from clickhouse_connect.driver.client import Client

from dashboards.actions.book import Entry
from dashboards.alerts.seen import exact
from dashboards.change import Change, breaks, change
from dashboards.figures import Reading
from dashboards.series import series
from dashboards.spans import history
from dashboards.units import turns_of
from metrics.alerting.subject import SUBJECTS
from metrics.breaks import Break
from metrics.kpi import Kpi
from metrics.period import FORMS_BY_NAME, Period, parse

BEFORE, MOST = 6, 36
"""Months before the promise, and months in all."""


@dataclass(frozen=True, slots=True)
class Course:
    """Months, oldest first. `before`: the last that was over when it was promised; `now`: the newest one."""

    readings: tuple[Reading, ...]
    before: Reading | None
    target: Fraction | None
    turns: tuple[Break, ...]

    @property
    def now(self) -> Reading:
        return self.readings[-1]

    @property
    def change(self) -> Change | None:
        """None, too, where the two may not be compared."""
        return change(self.now, self.before, self.turns)

    @property
    def breaks(self) -> tuple[tuple[Break, ...], ...]:
        """Of each month, what lies between it and the one before."""
        pairs = zip(self.readings, (None, *self.readings), strict=False)
        return tuple(breaks(now, then, self.turns) for now, then in pairs)

    @property
    def reached(self) -> bool | None:
        """Whether the newest month is at the target or better; None where that cannot be said."""
        value = exact(self.now)
        if value is None or self.target is None:
            return None
        return self.now.kpi.better.met(value, self.target)


def course(client: Client, entry: Entry, today: date) -> Course | None:
    """None where the action names no KPI that there is."""
    return courses(client, [entry], today).get(entry.id)


def courses(client: Client, entries: Sequence[Entry], today: date) -> dict[str, Course]:
    """By action; of the province where the KPI is of no agency. What several ask for is asked once."""
    turns = turns_of(client)
    read: dict[tuple[Kpi, str | None, int], tuple[Reading, ...]] = {}
    found = {}
    for entry in entries:
        kpi = kpi_of(entry)
        if kpi is None:
            continue
        agency = entry.action.agency if "agency" in kpi.dimensions() else None
        months = _months(entry.recorded_on, today)
        key = kpi, agency, len(months)
        if key not in read:
            read[key] = tuple(one[0] for one in series(client, [kpi], months, agency))
        found[entry.id] = _course(entry, read[key], turns.get(agency or "", ()))
    return found


def _course(entry: Entry, readings: tuple[Reading, ...], turns: tuple[Break, ...]) -> Course:
    over = [each for each in readings if each.scope.period.last < entry.recorded_on]
    target = entry.action.target
    return Course(readings, over[-1] if over else None, None if target is None else Fraction(target), turns)


def kpi_of(entry: Entry) -> Kpi | None:
    about = SUBJECTS.get(entry.action.kpi or "")
    return about.kpi if about else None


def _months(recorded: date, today: date) -> list[Period]:
    since = (today.year - recorded.year) * 12 + today.month - recorded.month
    return history(parse(FORMS_BY_NAME["month"](today)), min(since + 1 + BEFORE, MOST))

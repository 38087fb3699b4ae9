"""All that was said, and what a period and an agency have of it: the groups that definitions count among."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from metrics.calendar import Calendar
from tests.courses import Exported, Probe
from tests.oracle import Oracle
from tests.oracle_course import Course, at, courses, in_time_766, version
from tests.oracle_lines import Line
from tests.strategies import History

Figure = tuple[float | None, float | None]
"""Numerator and denominator."""
Figures = dict[str, Figure]


def rate(among: Iterable[Course], counts: Callable[[Course], object]) -> Figure:
    found = [bool(counts(each)) for each in among]
    return sum(found), len(found)


@dataclass(frozen=True)
class World:
    history: History
    exported: Exported | None
    first: date
    last: date
    calendar: Calendar
    agency: str | None = None
    probes: tuple[Probe, ...] = ()

    @cached_property
    def oracle(self) -> Oracle:
        return Oracle(self.history.files())

    def said(self, kind: str) -> list[Line]:
        return [json.loads(raw) for raw in self.history.lines.get(kind, [])]

    @cached_property
    def all(self) -> list[Course]:
        found = courses(self.oracle, self.first, self.last, self.calendar)
        return [each for each in found if self.agency in {None, each.dossier.agency}]

    @cached_property
    def received(self) -> list[Course]:
        return [each for each in self.all if each.received_in_period()]

    @cached_property
    def started(self) -> list[Course]:
        return [each for each in self.all if each.started_in_period()]

    @cached_property
    def resolved(self) -> list[Course]:
        return [each for each in self.all if each.within(at(each.dossier.resolved))]

    @cached_property
    def dated(self) -> list[Course]:
        return [each for each in self.resolved if each.due is not None]

    @cached_property
    def ended(self) -> list[Course]:
        """Received in the period and resolved since, not before."""
        return [e for e in self.received if (end := at(e.dossier.resolved)) and e.received and end >= e.received]

    @cached_property
    def judged_766(self) -> list[tuple[Course, bool, bool]]:
        """Those the group is concerned with: in time by the second, and by the day."""
        found = [(each, in_time_766(each)) for each in self.all]
        return [(each, *judged) for each, judged in found if judged is not None]

    @cached_property
    def in_force(self) -> dict[str, Line]:
        """The catalogue of the whole province on the period's last day."""
        found = {code: version(self.oracle, code, f"{self.last:%Y%m%d}") for code in self.oracle.services}
        return {code: line for code, line in found.items() if line}

    def services(self, **such: str) -> set[str]:
        """Those with these values; several codes are written one after the other."""
        return {
            code
            for code, line in self.in_force.items()
            if all(name in line and line[name] in codes.split() for name, codes in such.items())
        }


def online(each: Course) -> bool:
    """Of an online service, by the day of reception."""
    return each.service.get("MucDo") in {"3", "4"}


def full(each: Course) -> bool:
    return each.service.get("MucDo") == "4"


def sent(each: Course) -> bool:
    return each.channel == "2"


def fee(each: Course) -> bool:
    return each.service.get("CoPhi") == "1"


def marked(each: Course) -> bool:
    return each.dossier.attributes.get("DuocThanhToanTrucTuyen") in {"1", "2"}


def on_time(each: Course) -> bool:
    end = at(each.dossier.resolved)
    return end is not None and each.due is not None and end <= each.due


def done(each: Course) -> bool:
    """Resolved by the period's end."""
    end = at(each.dossier.resolved)
    return end is not None and end < each.closes

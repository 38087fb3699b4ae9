"""A naive reading of the definitions that look at a dossier's course: one dossier, one period, plain Python.

Shares no code with the product but the working calendar's arithmetic, which has an oracle of its own.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from metrics.calendar import Calendar
from metrics.civil import CIVIL
from metrics.working_time import after, working_seconds
from tests.oracle import Dossier, Oracle
from tests.oracle_lines import SUPPLEMENTS, Line

Wait = tuple[datetime, datetime | None]


def at(text: str | None) -> datetime | None:
    """As the store can hold it: its calendar has an edge."""
    if not text:
        return None
    found = datetime.strptime(text, "%Y%m%d%H%M%S")
    return min(max(found, datetime(1900, 1, 2)), datetime(2299, 12, 30))


@dataclass(frozen=True)
class Course:
    """A dossier as it stood at the end of a period."""

    dossier: Dossier
    first: date
    last: date
    calendar: Calendar
    service: Line

    @property
    def opens(self) -> datetime:
        return datetime.combine(self.first, datetime.min.time())

    @property
    def closes(self) -> datetime:
        return datetime.combine(self.last, datetime.min.time()) + timedelta(days=1)

    @property
    def received(self) -> datetime | None:
        return at(self.dossier.received)

    @property
    def due(self) -> datetime | None:
        return at(self.dossier.due)

    @property
    def channel(self) -> str | None:
        return self.dossier.channel

    def within(self, moment: datetime | None) -> bool:
        return moment is not None and self.opens <= moment < self.closes

    def received_in_period(self) -> bool:
        return self.within(self.received)

    def started_in_period(self) -> bool:
        return self.within(self.received or at(self.dossier.attributes.get("NgayNopHoSo")))

    def trail(self, until: datetime) -> list[tuple[datetime, int]]:
        """Steps before a moment."""
        steps = sorted((at(moment), int(status)) for moment, status in self.dossier.steps)
        return [(moment, status) for moment, status in steps if moment is not None and moment < until]

    def status(self, until: datetime) -> int:
        trail = self.trail(until)
        return trail[-1][1] if trail else 0

    def ended(self, until: datetime, stops: set[int]) -> datetime | None:
        resolved = at(self.dossier.resolved)
        if resolved is not None and resolved < until:
            end = resolved
        elif self.status(until) in stops:
            end = self.trail(until)[-1][0]
        else:
            return None
        return max(end, self.received) if self.received else end

    def waits(self) -> list[Wait]:
        records = [one for one in json.loads(self.dossier.attributes.get(SUPPLEMENTS, "[]")) if one.get("NgayBoSung")]
        if records:
            found = [(at(one["NgayBoSung"]), at(one.get("NgayTiepNhanBoSung"))) for one in records]
        else:
            found = self.waits_by_steps()
        return [(asked, came) for asked, came in found if asked is not None and asked < self.closes]

    def waits_by_steps(self) -> list[tuple[datetime | None, datetime | None]]:
        found: list[tuple[datetime | None, datetime | None]] = []
        asked = None
        for moment, status in self.trail(datetime.max):
            if status == 5 and asked is None:
                asked = moment
            elif status != 5 and asked is not None:
                found.append((asked, moment))
                asked = None
        return [*found, (asked, None)] if asked else found

    def over(self) -> list[Wait]:
        return [(asked, came) for asked, came in self.waits() if came is not None and asked <= came < self.closes]

    def pending(self) -> list[datetime]:
        return [asked for asked, came in self.waits() if came is None or came >= self.closes]

    def waited(self) -> timedelta:
        return sum((came - asked for asked, came in self.over() if came), timedelta())

    def pushed_due(self) -> date | None:
        """The day of the due moment, moved by each completed supplement."""
        if self.due is None:
            return None
        renewed = any(one.get("NgayHenTraMoi") for one in json.loads(self.dossier.attributes.get(SUPPLEMENTS, "[]")))
        pushes = 0 if renewed else len(self.over())
        if pushes == 0:
            return self.due.date()
        moved = self.due + self.waited() - timedelta(days=pushes)
        if not 2000 < moved.year < 2099:
            return moved.date()  # beyond the working calendar, and far from every period
        return after(self.calendar, moved.replace(tzinfo=CIVIL), seconds=8 * 3600 * pushes).date()

    def records(self) -> list[Line]:
        """What the record says of supplements asked for before the period's end, the earliest first."""
        told = json.loads(self.dossier.attributes.get(SUPPLEMENTS, "[]"))
        mine = [one for one in told if not one.get("NgayBoSung") or at(one["NgayBoSung"]) < self.closes]
        return sorted(mine, key=lambda one: one.get("NgayBoSung") or "")

    def original_due(self) -> datetime | None:
        told = [one["NgayHenTraTruoc"] for one in self.records() if one.get("NgayHenTraTruoc")]
        return at(told[0] if told else self.dossier.first_due)

    def reappointments(self) -> int:
        records = self.records()
        renewed = [one for one in records if one.get("NgayHenTraMoi") not in {None, one.get("NgayHenTraTruoc")}]
        known = {at(one.get(name)) for one in records for name in ("NgayHenTraTruoc", "NgayHenTraMoi")}
        return len(renewed) + (self.due is not None and self.due not in known | {self.original_due()})

    def limit(self) -> int | None:
        days = self.service.get("ThoiHanNgayLamViec")
        if self.channel == "2":
            days = self.service.get("ThoiHanTrucTuyenNgayLamViec", days)
        return int(days) * 8 * 3600 if days else None

    def worked(self, start: datetime, end: datetime) -> int:
        return working_seconds(self.calendar, *(one.replace(tzinfo=CIVIL) for one in (start, end)))

    def concerned(self, stops: set[int]) -> bool:
        received = self.received is not None and self.received < self.closes
        return received and self.ended(self.opens, stops) is None


def form_06a(course: Course) -> set[int]:
    """The columns of form 06a that a dossier stands in."""
    stops = {3, 7}
    if not course.concerned(stops) or course.received is None:
        return set()
    columns = {3}
    if course.received < course.opens:
        columns.add(6)
    else:
        columns.add(4 if course.channel == "2" else 5)
    end, due = course.ended(course.closes, stops), course.pushed_due()
    if end is not None:
        resolved = at(course.dossier.resolved)
        withdrawn = not (resolved is not None and resolved < course.closes)
        if due is None or withdrawn or end.date() == due:
            return columns | {7, 9}
        return columns | {7, 8 if end.date() < due else 10}
    excused = course.status(course.closes) in {5, 6, 8} or bool(course.pending()) or due is None
    return columns | {11, 12 if excused or course.last <= due else 13}


def in_time_766(course: Course) -> tuple[bool, bool] | None:
    """By the second and by the day; None where the indicator is not concerned with the dossier."""
    stops = {3, 7, 8}
    if not course.concerned(stops):
        return None
    end = course.ended(course.closes, stops)
    if end is None and len(course.waits()) > 1:
        return False, False
    if end is None:
        end = max(course.pending()) if course.pending() else course.closes - timedelta(seconds=1)
    judged, limit = end - course.waited(), course.limit()
    if course.due is None:
        return (limit is None or course.received is None or course.worked(course.received, judged) <= limit,) * 2
    return judged <= course.due, judged.date() <= course.due.date()


def version(oracle: Oracle, code: str | None, day: str) -> Line:
    """What the catalogue says of a service on a day; nothing where it is not in force."""
    begun = [since for since in oracle.services.get(code or "", {}) if since <= day]
    found = oracle.services[code or ""][max(begun)] if begun else {}
    return found if found.get("HieuLucDen", "99999999") >= day else {}


def courses(oracle: Oracle, first: date, last: date, calendar: Calendar) -> list[Course]:
    return [
        Course(each, first, last, calendar, version(oracle, each.service, started[:8]) if started else {})
        for each in oracle.dossiers.values()
        for started in [each.received or each.attributes.get("NgayNopHoSo")]
    ]


def in_time(course: Course, pause: str) -> bool | None:
    """Resolved and dated; None where the option says nothing."""
    end, due, waits = at(course.dossier.resolved), course.due, course.over()
    if end is None or due is None:
        return None
    renewed = any(one.get("NgayHenTraMoi") for one in json.loads(course.dossier.attributes.get(SUPPLEMENTS, "[]")))
    if pause == "subtract":
        return end - course.waited() <= due
    if not waits or (pause == "push" and renewed):
        return end <= due
    if pause == "push":
        moved = due + course.waited() - timedelta(days=len(waits))
        return course.worked(moved, end) <= 8 * 3600 * len(waits)
    limit = course.limit()
    return None if limit is None else course.worked(max(came for _, came in waits if came), end) <= limit


def mark(course: Course) -> int:
    day, due = at(course.dossier.resolved), course.due
    return 2 if day.date() < due.date() else 1 if day.date() == due.date() else 0

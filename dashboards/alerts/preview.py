"""What a threshold would have done: the last 90 days, day by day, through the state machine that runs live.

A KPI's figure is as the day ended, as the data is known now, and is taken to have stood for as long as the threshold
asks for: what was broken for an hour at noon and well in the evening is not seen. Live, the evaluator looks every 30 s.
Lists of late dossiers are counted at the very moments; the age of the data, dead letters and drift are as once read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from clickhouse_connect.driver.client import Client

from dashboards.agencies import agencies
from dashboards.alerts.then import begins, has_history, sights
from dashboards.alerts.watched import Watched, watched
from dashboards.calendar import stored
from metrics.alerting.acts import replay
from metrics.alerting.alert import Kind, Seen, Transition
from metrics.alerting.now import Now
from metrics.alerting.rule import Rule
from metrics.alerting.threshold import Level, Threshold
from metrics.calendar import BEGINNING, FIRST_DAY, Calendar, works
from metrics.civil import CIVIL, civil
from metrics.errors import Misconfigured

DAYS = 90
MOMENT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Day:
    """What was seen at the end of a day; `level`: how far beyond the limits, as it stood."""

    day: date
    seen: Seen
    level: Level


@dataclass(frozen=True, slots=True)
class Course:
    """One agency's days (None: the province), and what would have happened."""

    agency: str | None
    days: tuple[Day, ...]
    happened: tuple[Transition, ...]

    @property
    def fired(self) -> tuple[Transition, ...]:
        return tuple(each for each in self.happened if each.kind is Kind.FIRED)


@dataclass(frozen=True, slots=True)
class Preview:
    """Both days included; they begin where the data does."""

    threshold: Threshold
    first: date
    last: date
    courses: tuple[Course, ...]

    @property
    def alerts(self) -> int:
        return sum(len(course.fired) for course in self.courses)


def preview(client: Client, threshold: Threshold, now: datetime, days: int = DAYS) -> Preview:
    """Misconfigured where there is no history to look at."""
    if not has_history(threshold):
        raise Misconfigured([f"{threshold.subject}: no history is kept of it; save it and look at the alerts"])
    today = civil(now).date()
    all_days = _days(client, threshold, today, days)
    known, calendar = agencies(client, today), stored(client)
    alerts = watched([Rule(threshold, 1, now, "", "")], known, today)
    looks = {day: list(looks_of(threshold, day, calendar, now)) for day in all_days}
    moments = sorted({look.at for of_day in looks.values() for look in of_day} | {_end(day, now) for day in all_days})
    found = sights(client, alerts, known, moments) if moments else {}
    courses = (_course(each, found, looks, now) for each in alerts)
    return Preview(threshold, all_days[0] if all_days else today, today, tuple(courses))


def _days(client: Client, threshold: Threshold, today: date, days: int) -> list[date]:
    """None before the first day that anything was counted on: a zero of then is not known to be one."""
    earliest = today - timedelta(days=days - 1)
    begun = begins(client, threshold, earliest)
    first = today + timedelta(days=1) if begun is None else max(begun, earliest)
    return [first + timedelta(days=n) for n in range((today - first).days + 1)]


def _course(
    each: Watched,
    found: Mapping[datetime, Mapping[str, Seen]],
    looks: Mapping[date, Sequence[Now]],
    now: datetime,
) -> Course:
    rule = each.rule
    ended = [(day, found[_end(day, now)][each.alert]) for day in looks]
    days = tuple(Day(day, seen, level(rule.threshold, seen)) for day, seen in ended)
    lived = [(found[look.at][each.alert], look) for of_day in looks.values() for look in of_day]
    happened = tuple(said for _, all_said in replay(lived, rule) for said in all_said)
    return Course(each.agency, days, happened)


def level(threshold: Threshold, found: Seen) -> Level:
    judged = found.value is not None and found.sight(threshold.least) == "known"
    return threshold.reached(found.value) if judged and found.value is not None else Level.NONE


def looks_of(threshold: Threshold, day: date, calendar: Calendar, now: datetime) -> Iterator[Now]:
    """When a day is looked at: at its end, and as long before as it takes for an alert to fire or to be over."""
    lasting = max(threshold.hold, threshold.calm)
    if not threshold.open_only:
        end = _end(day, now)
        yield Now(max(datetime.combine(day, time(), CIVIL), end - lasting))
        yield Now(end)
    elif works(calendar, day):
        begin, end = _hours(calendar, day)
        end = min(end, now)
        if begin <= end:
            yield Now(max(begin, end - lasting))
            yield Now(end)
            yield Now(end + MOMENT, open=False)


def _end(day: date, now: datetime) -> datetime:
    return min(datetime.combine(day, time.max, CIVIL).replace(microsecond=0), now)


def _hours(calendar: Calendar, day: date) -> tuple[datetime, datetime]:
    hours = calendar.open[(day - FIRST_DAY).days]
    midnight = BEGINNING + timedelta(days=(day - FIRST_DAY).days)
    first = hours.morning_from if hours.morning else hours.afternoon_from
    last = hours.afternoon_to or hours.morning_to
    return midnight + timedelta(seconds=first), midnight + timedelta(seconds=last - 1)

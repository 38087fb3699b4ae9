"""What was promised and what came of it, for a span of days: what a digest says about actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from clickhouse_connect.driver.client import Client

from dashboards.actions.book import Book
from dashboards.actions.course import Course, courses
from metrics.actions.action import Action, State
from metrics.civil import CIVIL


@dataclass(frozen=True, slots=True)
class Promise:
    """One action as it stood at the end of the span; `course` where it names a KPI."""

    action: Action
    state: State
    recorded_on: date
    course: Course | None


def promised(book: Book, client: Client, since: date, until: date) -> tuple[Promise, ...]:
    """All that was open on some day of the span, both days included; what is overdue first, then by date.

    As the rows of then have it: asked again later, it says the same, but for figures that were restated.
    """
    earlier = book.standing(_end(since - timedelta(days=1)))
    over = {name for name, entry in earlier.items() if entry.action.ended}
    found = [entry for name, entry in book.standing(_end(until)).items() if not (entry.action.ended and name in over)]
    drawn = courses(client, found, until)
    promises = [Promise(each.action, each.action.state(until), each.recorded_on, drawn.get(each.id)) for each in found]
    return tuple(sorted(promises, key=lambda each: (each.state is not State.OVERDUE, each.action.due, each.action.id)))


def _end(day: date) -> datetime:
    return datetime.combine(day, time.max, CIVIL)


def counted(promises: Sequence[Promise]) -> dict[State, int]:
    return {state: sum(each.state is state for each in promises) for state in State}

"""What was promised and what came of it, as lines of a digest."""

from collections.abc import Mapping, Sequence

from clickhouse_connect.driver.client import Client

from dashboards.actions.book import Book
from dashboards.actions.promised import Promise, promised
from dashboards.digest.model import Promises
from dashboards.digest.words import called
from dashboards.naming import day_name
from metrics.actions.names import STATES
from metrics.period import Period


def promises_of(book: Book) -> Promises:
    def told(
        client: Client, period: Period, members: Sequence[str] | None, names: Mapping[str, str]
    ) -> tuple[str, ...]:
        found = promised(book, client, period.first, period.last)
        return tuple(_line(each, names) for each in found if members is None or each.action.agency in members)

    return told


def _line(promise: Promise, names: Mapping[str, str]) -> str:
    action, came = promise.action, promise.action.result
    result = f"; {came}" if came else ""
    return (
        f"{called(names, action.agency)}, {action.owner}: {action.text}, hạn {day_name(action.due)}: "
        f"{STATES[promise.state].vi}{result}{_course(promise)}."
    )


def _course(promise: Promise) -> str:
    """`; tỷ lệ …: 49,6 % → 52,0 %`."""
    course = promise.course
    if course is None or course.before is None:
        return ""
    return f"; {course.now.kpi.title.vi.lower()}: {course.before.display} → {course.now.display}"

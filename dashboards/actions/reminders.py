"""Who promised something is reminded of it through the outbox of the alerts: once at each stage."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from clickhouse_connect.driver.client import Client

from dashboards.actions.book import Book, Entry
from dashboards.actions.words import aim
from dashboards.agencies import Agency, agencies
from dashboards.alerts.outbox import Outbox
from dashboards.naming import day_name
from metrics.actions.names import ORIGINS
from metrics.actions.reminder import OVERDUE, stage
from metrics.civil import civil

FROM_HOUR = 7
"""Of the civil day; nobody is called at night."""
EVERY = timedelta(minutes=10)
SUBJECT = "nhip: nhắc {n} việc đã cam kết"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One action at one stage of its present date."""

    entry: Entry
    stage: int

    @property
    def key(self) -> str:
        return f"action-{self.entry.id}-{self.entry.action.due}-{self.stage}"


class Reminders:
    """`muted` says when nobody is to be called: what is due then is said afterwards."""

    def __init__(self, client: Client, book: Book, outbox: Outbox, muted: Callable[[datetime], bool]) -> None:
        self._client, self._book, self._outbox, self._muted = client, book, outbox, muted
        self._written: datetime | None = None

    def look(self, at: datetime) -> None:
        """Now and then: dates are days."""
        awake = civil(at).hour >= FROM_HOUR and not self._muted(at)
        if awake and (self._written is None or not timedelta(0) <= at - self._written < EVERY):
            self.write(at)
            self._written = at

    def write(self, at: datetime) -> None:
        """One message for each group with all that it has to hear today."""
        here = civil(at)
        due = list(reminders(self._book.standing().values(), here.date()))
        unsaid = self._outbox.unsaid([each.key for each in due]) if due else set()
        grouped: dict[str, list[Reminder]] = defaultdict(list)
        for each in due:
            if each.key in unsaid:
                action, overdue = each.entry.action, each.stage == OVERDUE
                for group in self._outbox.routes.named(action.recipients, further=overdue):
                    grouped[group].append(each)
        known = agencies(self._client, here.date()) if grouped else {}
        for group, found in grouped.items():
            text = body(found, known, self._outbox.board, here.date())
            self._outbox.say(group, tuple(each.key for each in found), SUBJECT.format(n=len(found)), text, at)


def reminders(entries: Iterable[Entry], today: date) -> Iterator[Reminder]:
    for entry in entries:
        reached = stage(entry.action, civil(entry.due_since).date(), today)
        if reached is not None:
            yield Reminder(entry, reached)


def body(found: Sequence[Reminder], known: Mapping[str, Agency], board: str, today: date) -> str:
    """`board` is how people reach the board, without a slash at its end."""
    parts = ["\n".join(_lines(each.entry, known, board, today)) for each in found]
    return "\n\n".join([*parts, f"Tất cả việc đã cam kết: {board}/actions"])


def _lines(entry: Entry, known: Mapping[str, Agency], board: str, today: date) -> Iterator[str]:
    action = entry.action
    name = known[action.agency].name if action.agency in known else None
    yield f"● {_when(action.due, today)}: {action.text} – {f'{name} ({action.agency})' if name else action.agency}"
    yield f"  Phụ trách: {action.owner}"
    yield f"  Theo: {ORIGINS[action.origin].vi} {action.origin_name}".rstrip()
    if said := aim(action):
        yield f"  Chỉ tiêu: {said.vi}"
    yield f"  Xem: {board}/actions/{entry.id}"


def _when(due: date, today: date) -> str:
    left = (due - today).days
    if left < 0:
        return f"QUÁ HẠN {-left} ngày (hạn {day_name(due)})"
    return f"Còn {left} ngày (hạn {day_name(due)})" if left else f"Đến hạn hôm nay ({day_name(due)})"

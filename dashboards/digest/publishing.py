"""Makes issues and hands them to the outbox: one a period and place, one message a recipient, however often asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from clickhouse_connect.driver.client import Client
from opentelemetry import trace

from dashboards.alerts.outbox import Message, Outbox
from dashboards.alerts.rules import Rules
from dashboards.digest.archive import MESSAGES, Archive
from dashboards.digest.issue import Issue, differs, figures, issue
from dashboards.digest.letter import Form, part
from dashboards.digest.model import Digest, Promises
from dashboards.digest.reading import Wish, read
from dashboards.spans import before
from metrics.period import Period

Circle = Mapping[str | None, tuple[str, ...]]
"""Recipients by the agency that they hear of; None is the province."""

Reads = Callable[[Client, Rules, Wish, Promises], Digest]

TRACER = trace.get_tracer("nhip.dashboards")


@dataclass(frozen=True, slots=True)
class Published:
    """`fresh`: it was made now. `messages` are those that had not been written before."""

    issue: Issue
    fresh: bool
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Publisher:
    """`board` is how people reach the board."""

    client: Client
    rules: Rules
    archive: Archive
    outbox: Outbox
    circle: Circle
    board: str
    promises: Promises
    reads: Reads = field(default=read)

    @TRACER.start_as_current_span("make a digest")
    def digest(self, period: Period, agency: str | None, now: datetime) -> Digest:
        trace.get_current_span().set_attribute("nhip.period", period.name)
        earlier = before(period)
        last = self.archive.newest(earlier, agency) if earlier else None
        wish = Wish(period, agency, now, figures(last.printed) if last else {})
        return self.reads(self.client, self.rules, wish, self.promises)

    def planned(self, period: Period, agency: str | None, now: datetime) -> Published:
        """What a first issue, or a corrected one, would be: nothing is written."""
        digest, last = self.digest(period, agency, now), self.archive.newest(period, agency)
        fresh = last is None or differs(last, digest)
        made = issue(digest, last, self.link(period, agency)) if fresh or last is None else last
        return Published(made, fresh, tuple(self._messages(made, now)))

    def first(self, period: Period, agency: str | None, now: datetime) -> Published:
        """By schedule: what was issued already is not issued again."""
        last = self.archive.newest(period, agency)
        return self._published(last or self._made(self.digest(period, agency, now), None), now, fresh=last is None)

    def asked(self, period: Period, agency: str | None, now: datetime, *, again: bool) -> Published:
        """Issued, or issued again where the figures have changed, or where somebody wants it so."""
        digest, last = self.digest(period, agency, now), self.archive.newest(period, agency)
        if last is None or again or differs(last, digest):
            return self._published(self._made(digest, last), now, fresh=True)
        return self._published(last, now, fresh=False)

    def link(self, period: Period, agency: str | None) -> str:
        return (
            f"{self.board}/?period={period.name}"
            if agency is None
            else f"{self.board}/agencies/{agency}?period={period.name}"
        )

    def _made(self, digest: Digest, last: Issue | None) -> Issue:
        made = issue(digest, last, self.link(digest.period, digest.agency))
        self.archive.add(made)
        return made

    def _published(self, made: Issue, now: datetime, *, fresh: bool) -> Published:
        return Published(made, fresh, tuple(self.outbox.put(self._messages(made, now))))

    def _messages(self, made: Issue, now: datetime) -> list[Message]:
        text = part(made.mail, Form.TEXT).decode()
        return [
            Message(f"{MESSAGES}{made.key}/{to}", to, now, (), made.subject, text, now)
            for to in self.circle.get(made.agency, ())
        ]

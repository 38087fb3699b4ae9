"""What is to be sent: made of what happened, once, and tried until it is sent or given up.

A message is written before it is sent and its outcome after. Killed in between, it is sent again under the same key:
at least once, and whoever receives it can tell that it is the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import Any, Protocol

from dashboards.agencies import Agency
from dashboards.alerts.message import Item, body, subject_line
from dashboards.alerts.states import RULE
from dashboards.auth.rows import Rows
from metrics.alerting.alert import Cause, Kind, Transition
from metrics.alerting.threshold import Level

SENT_WITHIN = timedelta(days=7)
"""What is older is history, and nobody's news."""
FIRST_WAIT, LONGEST_WAIT, MOST_ATTEMPTS = timedelta(seconds=15), timedelta(minutes=30), 10

COLUMNS = (
    "key", "version", "recipient", "made_at", "transitions", "subject", "body", "outcome", "attempts", "due_at", "said",
)  # fmt: skip


class Outcome(StrEnum):
    """NOBODY: there was no one to send it to. HANDED: Grafana tells it, and nhip never does."""

    WAITING = "waiting"
    SENT = "sent"
    UNDELIVERABLE = "undeliverable"
    NOBODY = "nobody"
    HANDED = "handed"


@dataclass(frozen=True, slots=True)
class Message:
    """`recipient` is a group, or one of its addresses as `group/2`."""

    key: str
    recipient: str
    made_at: datetime
    transitions: tuple[str, ...]
    subject: str
    body: str
    due_at: datetime
    outcome: Outcome = Outcome.WAITING
    attempts: int = 0
    said: str = ""
    version: int = 1

    def tried(self, failure: str | None, at: datetime) -> "Message":
        """After another attempt; a failure is waited for ever longer, and given up in the end."""
        attempts, version = self.attempts + 1, self.version + 1
        if failure is None:
            return replace(self, outcome=Outcome.SENT, attempts=attempts, said="", version=version)
        outcome = Outcome.UNDELIVERABLE if attempts >= MOST_ATTEMPTS else Outcome.WAITING
        due_at = at + min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)
        return replace(self, outcome=outcome, attempts=attempts, due_at=due_at, said=failure, version=version)


class Carrier(Protocol):
    """Brings a message to its recipient."""

    def send(self, message: Message) -> str | None:
        """What went wrong, fit to be shown; None where it was taken."""


@dataclass(frozen=True, slots=True)
class Routes:
    """Groups and how many addresses each has; who hears usually, and who of what nobody takes on."""

    groups: Mapping[str, int]
    usual: tuple[str, ...]
    escalated: tuple[str, ...]

    def of(self, item: Item) -> tuple[str, ...]:
        return self.named(item.rule.threshold.recipients, further=item.said.kind is Kind.ESCALATED)

    def named(self, recipients: Iterable[str], *, further: bool) -> tuple[str, ...]:
        """`further`: with those who hear of what nobody takes on. A group that is no more must not mean silence."""
        chosen = tuple(name for name in recipients if name in self.groups) or self.usual
        return tuple(dict.fromkeys((*chosen, *(self.escalated if further else ()))))

    def addresses(self, group: str) -> list[str]:
        return [group] + [f"{group}/{number}" for number in range(2, self.groups[group] + 1)]


class Outbox:
    def __init__(self, rows: Rows, routes: Routes, board: str) -> None:
        self._rows, self.routes, self.board = rows, routes, board

    def write(self, known: Mapping[str, Agency], at: datetime) -> list[Message]:
        """Messages for all that is told to nobody yet: one for each address, with all that it has to hear."""
        grouped: dict[str, list[Item]] = defaultdict(list)
        for item in self.untold(at):
            for group in self.routes.of(item) or ("",):
                grouped[group].append(item)
        made = [
            self._message(address, items, known, at)
            for group, items in sorted(grouped.items())
            for address in (self.routes.addresses(group) if group else [""])
        ]
        self._add(made)
        return made

    def leave(self, at: datetime) -> None:
        """What is told to nobody yet is told by Grafana, also if nhip delivers again later."""
        if items := self.untold(at):
            keys = tuple(item.key for item in items)
            self._add([Message(_digest(["", *keys]), "", at, keys, subject_line(items), "", at, Outcome.HANDED)])

    def untold(self, at: datetime) -> list[Item]:
        rows = self._rows.ask(
            "SELECT concat(alert, '#', toString(number)) AS key, agency, rule, number, kind, "
            "toUnixTimestamp64Milli(at), episode, level, "
            "if(since IS NULL, NULL, toUnixTimestamp64Milli(assumeNotNull(since))), cause, shown, "
            "period, actor FROM alert_transition FINAL "
            "WHERE tell AND at > {since:DateTime64(3, 'UTC')} "
            "AND key NOT IN (SELECT arrayJoin(transitions) FROM alert_message) ORDER BY at, key",
            since=at - SENT_WITHIN,
        )
        return [_item(row) for row in rows]

    def unsaid(self, keys: Sequence[str]) -> set[str]:
        """Which of these no message has said yet."""
        rows = self._rows.ask(
            "SELECT DISTINCT arrayJoin(transitions) AS key FROM alert_message WHERE key IN {keys:Array(String)}",
            keys=list(keys),
        )
        return set(keys) - {key for (key,) in rows}

    def say(self, group: str, keys: tuple[str, ...], subject: str, text: str, at: datetime) -> None:
        """Another message than of alerts, under the keys of what it says."""
        self._add([Message(_digest([address, *keys]), address, at, keys, subject, text, at)
                   for address in self.routes.addresses(group)])  # fmt: skip

    def due(self, at: datetime) -> list[Message]:
        rows = self._rows.ask(
            f"SELECT {_selected()} FROM alert_message FINAL "
            "WHERE outcome = 'waiting' AND due_at <= {at:DateTime64(3, 'UTC')} ORDER BY made_at, key",
            at=at,
        )
        return [_message(row) for row in rows]

    def record(self, message: Message, at: datetime) -> None:
        """What became of it. One that is given up is told to those who hear of what nobody takes on."""
        self._add([message])
        if message.outcome is Outcome.UNDELIVERABLE and not message.key.startswith("undeliverable-"):
            groups = [group for group in self.routes.escalated if group != message.recipient.partition("/")[0]]
            self._add([self._passed_on(message, to, at) for group in groups for to in self.routes.addresses(group)])

    def put(self, messages: Sequence[Message]) -> list[Message]:
        """Those whose keys nobody has written yet."""
        keys = [each.key for each in messages]
        known = self._rows.ask("SELECT DISTINCT key FROM alert_message WHERE key IN {keys:Array(String)}", keys=keys)
        fresh = [each for each in messages if (each.key,) not in known]
        self._add(fresh)
        return fresh

    def test(self, actor: str, group: str, at: datetime) -> None:
        """A message that says only that messages arrive."""
        text = f"Đây là tin thử của nhip, do {actor} yêu cầu. Không có việc gì cần làm.\n{self.board}/alerts"
        key = f"test-{_digest([group, at.isoformat()])}"
        self._add([Message(f"{key}-{address}", address, at, (), "nhip: tin thử", text, at)
                   for address in self.routes.addresses(group)])  # fmt: skip

    def _message(self, address: str, items: Sequence[Item], known: Mapping[str, Agency], at: datetime) -> Message:
        keys = tuple(item.key for item in items)
        text = body(items, known, self.board)
        outcome = Outcome.WAITING if address else Outcome.NOBODY
        return Message(_digest([address, *keys]), address, at, keys, subject_line(items), text, at, outcome)

    def _passed_on(self, message: Message, address: str, at: datetime) -> Message:
        text = f"Không gửi được đến {message.recipient} sau {message.attempts} lần ({message.said}).\n\n{message.body}"
        key = f"undeliverable-{_digest([message.key, address])}"
        return Message(key, address, at, (), f"nhip: không gửi được đến {message.recipient}", text, at)

    def _add(self, messages: Sequence[Message]) -> None:
        rows = [
            [
                each.key, each.version, each.recipient, each.made_at, list(each.transitions), each.subject, each.body,
                each.outcome.value, each.attempts, each.due_at, each.said,
            ]
            for each in messages
        ]  # fmt: skip
        self._rows.add_all("alert_message", COLUMNS, rows)


def _digest(parts: Sequence[str]) -> str:
    return blake2b("\0".join(parts).encode(), digest_size=12).hexdigest()


def _selected() -> str:
    return ", ".join(f"toUnixTimestamp64Milli({name})" if name.endswith("_at") else name for name in COLUMNS)


def _message(row: tuple[Any, ...]) -> Message:
    given = dict(zip(COLUMNS, row, strict=True))
    given |= {name: _moment(given[name]) for name in ("made_at", "due_at")}
    given |= {"outcome": Outcome(given["outcome"]), "transitions": tuple(given["transitions"])}
    return Message(**given)


def _item(row: tuple[Any, ...]) -> Item:
    key, agency, rule, number, kind, at, episode, level, since, cause, shown, period, actor = row
    said = Transition(
        number, Kind(kind), _moment(at), episode, Level(level), None if since is None else _moment(since),
        tell=True, cause=Cause(cause) if cause else None, shown=shown, period=period, actor=actor,
    )  # fmt: skip
    return Item(key, agency or None, RULE.validate_json(rule), said)


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)

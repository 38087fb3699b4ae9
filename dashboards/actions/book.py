"""Actions in the store: each change a row with who, when and why; the newest holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from dashboards import ledger
from dashboards.auth.rows import Rows
from dashboards.ledger import Ledger, age
from metrics.actions.action import Action
from metrics.civil import civil
from metrics.errors import Misconfigured

Change = ledger.Change[Action]


class What(StrEnum):
    """What was done to an action."""

    RECORDED = "recorded"
    CHANGED = "changed"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Entry:
    """An action as it stands and as it was at `first`, when and by whom, and since when its date is known."""

    action: Action
    first: Action
    recorded_at: datetime
    recorded_by: str
    due_since: datetime

    @property
    def id(self) -> str:
        return self.action.id

    @property
    def recorded_on(self) -> date:
        return civil(self.recorded_at).date()


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a list: how many were new, how many known; `other` are the known that it says otherwise."""

    new: int
    known: int
    other: tuple[str, ...]


class Book:
    """`clock` gives the moment of a change."""

    def __init__(self, rows: Rows, clock: Callable[[], datetime]) -> None:
        self._ledger = Ledger(rows, clock, "action", Action)

    def history(self, name: str | None = None) -> list[Change]:
        """Oldest first."""
        return self._ledger.history(name)

    def standing(self, until: datetime | None = None) -> dict[str, Entry]:
        """Every action as it stands, or stood at a moment, by id; what is due first comes first."""
        changes: dict[str, list[Change]] = {}
        for change in sorted(self._ledger.history(until=until), key=age):
            changes.setdefault(change.id, []).append(change)
        entries = [_entry(each) for each in changes.values()]
        return {each.id: each for each in sorted(entries, key=lambda each: (each.action.due, each.id))}

    def one(self, name: str) -> Entry:
        changes = self._ledger.history(name)
        if not changes:
            raise Misconfigured([f"{name}: no such action; `nhip action list` names them"])
        return _entry(sorted(changes, key=age))

    def record(self, action: Action, actor: str, why: str) -> Change:
        if self._ledger.newest(action.id) is not None:
            raise Misconfigured([f"{action.id}: this was promised and recorded already; change it instead"])
        return self._ledger.add(action.id, None, action, What.RECORDED, actor, why)

    def record_all(self, actions: Sequence[Action], actor: str, why: str) -> Recorded:
        """What is there already stays as it is, and is named where the list says otherwise than it did."""
        standing = self.standing()
        new = {each.id: each for each in actions if each.id not in standing}
        self._ledger.begin(new, What.RECORDED, actor, why)
        other = [each.id for each in actions if each.id in standing and standing[each.id].first != each]
        return Recorded(len(new), len(actions) - len(new), tuple(other))

    def change(self, after: Action, actor: str, why: str, what: What = What.CHANGED) -> Change:
        before = self.one(after.id).action
        if after == before:
            raise Misconfigured([f"{after.id}: is so already"])
        return self._ledger.add(after.id, before, after, what, actor, why)

    def withdraw(self, name: str, actor: str, why: str) -> Change:
        return self.change(replace(self.one(name).action, withdrawn=True), actor, why, What.WITHDRAWN)

    def undo(self, name: str, actor: str, why: str) -> Change:
        """As it was before the last change; undone twice, it is as before."""
        self.one(name)
        newest = self._ledger.newest(name)
        if newest is None or newest.before is None:
            raise Misconfigured([f"{name}: was only just recorded; withdraw it instead"])
        return self._ledger.add(name, newest.after, newest.before, What.UNDONE, actor, why)


def _entry(changes: list[Change]) -> Entry:
    """From all changes of one action, oldest first."""
    stood = [(change.at, change.after) for change in changes if change.after is not None]
    action = stood[-1][1]
    due_since = stood[-1][0]
    for at, each in stood[::-1]:
        if each.due != action.due:
            break
        due_since = at
    return Entry(action, stood[0][1], changes[0].at, changes[0].actor, due_since)

"""Actions: what was promised, and how it stands."""

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import Field

from dashboards.actions.book import Book, Change, Entry, What
from dashboards.api.given import Asked, Code
from dashboards.api.listed import Cut, Part
from dashboards.api.models import Model
from dashboards.auth.rows import Rows
from metrics.actions.action import Origin, State
from metrics.actions.said import words
from metrics.civil import civil


class ActionsAsked(Asked):
    agency: Code | None = None
    state: Annotated[
        State | None, Field(description="open, overdue, done, late (done after it was due), withdrawn")
    ] = None
    origin: Annotated[Origin | None, Field(description="alert, digest, inspection or other")] = None

    def wants(self, entry: Entry, today: date) -> bool:
        action = entry.action
        given = ((self.agency, action.agency), (self.state, action.state(today)), (self.origin, action.origin))
        return all(asked in {None, said} for asked, said in given)


class ActionItem(Model):
    """`owner` is a post. `target` is in the KPI's unit, of a rate in percent; `days_left` is below 0 once overdue."""

    id: str
    agency: str
    promised: str
    owner: str
    due: date
    state: str
    days_left: int | None
    done_on: date | None
    result: str
    origin: str
    origin_name: str
    kpi: str | None
    target: float | None
    recorded_at: datetime
    recorded_by: str

    @classmethod
    def of(cls, entry: Entry, today: date) -> Self:
        action = entry.action
        return cls(
            id=entry.id,
            agency=action.agency,
            promised=action.text,
            owner=action.owner,
            due=action.due,
            state=action.state(today).value,
            days_left=None if action.ended else (action.due - today).days,
            done_on=action.done,
            result=action.result,
            origin=action.origin.value,
            origin_name=action.origin_name,
            kpi=action.kpi,
            target=None if action.target is None else float(action.target),
            recorded_at=civil(entry.recorded_at),
            recorded_by=entry.recorded_by,
        )


class ActionChangeItem(Model):
    """One change. `said` are the words of the action after it."""

    id: str
    revision: int
    at: datetime
    actor: str
    what: What
    said: dict[str, str]
    why: str

    @classmethod
    def of(cls, change: Change) -> Self:
        return cls(
            id=change.id,
            revision=change.revision,
            at=civil(change.at),
            actor=change.actor,
            what=What(change.what),
            said=words(change.after) if change.after else {},
            why=change.why,
        )


def action_rows(asked: ActionsAsked, cut: Cut) -> Part[ActionItem]:
    """What is due first comes first."""
    today = civil(cut.now).date()
    standing = Book(Rows.over(cut.client), lambda: cut.now).standing()
    return Part([ActionItem.of(entry, today) for entry in standing.values() if asked.wants(entry, today)])

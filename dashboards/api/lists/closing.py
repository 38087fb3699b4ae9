"""Closed periods, their restatements, and the things that a restatement names."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from dashboards.api.given import Asked, Code, FamilyName, OfPeriod, kpi_named
from dashboards.api.listed import Cut, Part
from dashboards.api.lists.figures import closed
from dashboards.api.models import Model
from dashboards.api.paging import cursor, place
from dashboards.closing.closes import Close, closes
from dashboards.closing.differences import Turn
from dashboards.closing.named import Named, Wanted, named
from dashboards.closing.restating import Restatement, restatements
from dashboards.figures import known_family
from metrics.formula import Number


class CloseItem(Model):
    """`at` is when the figures began to be read."""

    period: str
    at: datetime
    who: str
    why: str

    @classmethod
    def of(cls, close: Close) -> Self:
        return cls(period=close.period.name, at=close.at, who=close.who, why=close.why)


class NumbersItem(Model):
    numerator: Number | None
    denominator: Number | None
    value: Number | None
    display: str


class WhyItem(Model):
    """How many things of a kind did what; and by how much that changed the numbers of things counted."""

    thing: str
    entered: int
    left: int
    now_counted: int
    no_longer_counted: int
    changed: int
    numerator: int
    denominator: int


class RestatementItem(Model):
    """A figure that is not what it was. /restated names the things; no `why` where it counts none by itself."""

    kpi: str
    version: int
    period: str
    agency: str | None
    was: NumbersItem
    now: Annotated[NumbersItem, Field(serialization_alias="is")]
    why: list[WhyItem]

    @classmethod
    def of(cls, found: Restatement) -> Self:
        was, now = (
            NumbersItem(**{name: side[name] for name in NumbersItem.model_fields}) for side in (found.was, found.now)
        )
        return cls(
            kpi=found.kpi.id,
            version=found.kpi.version,
            period=found.close.period.name,
            agency=found.agency,
            was=was,
            now=now,
            why=[WhyItem.model_validate(why) for why in found.whys],
        )


class RestatementsAsked(OfPeriod):
    family: FamilyName = None


class ClosesAsked(Asked):
    """All of them."""


class RestatedAsked(OfPeriod):
    kpi: Code
    thing: Annotated[
        Literal["dossier", "payment", "service"] | None,
        Field(description="without it, what the figure itself counts"),
    ] = None
    change: Annotated[Turn | None, Field(description="only those that did this")] = None


class RestatedItem(Model):
    """A thing that a figure counts otherwise than when its period was closed: dates and places as they are and were.

    `was_…` is null where no figure of the period counted it then.
    """

    thing: str
    code: str
    change: str
    in_denominator: bool
    was_in_denominator: bool
    counted: bool
    was_counted: bool
    amount: int
    was_amount: int
    agency: str | None = None
    procedure: str | None = None
    was_procedure: str | None = None
    channel: str | None = None
    was_channel: str | None = None
    dossier: str | None = None
    received_at: datetime | None = None
    was_received_at: datetime | None = None
    due_at: datetime | None = None
    was_due_at: datetime | None = None
    resolved_at: datetime | None = None
    was_resolved_at: datetime | None = None
    paid_at: datetime | None = None
    was_paid_at: datetime | None = None

    @classmethod
    def of(cls, found: Named) -> Self:
        one = found.difference
        now = {name: value for name, value in (found.now or {}).items() if name in cls.model_fields}
        was = {f"was_{name}": value for name, value in (found.was or {}).items() if f"was_{name}" in cls.model_fields}
        facts: dict[str, Any] = now | was
        return cls(
            thing=found.thing,
            code=one.code,
            change=one.turn.value,
            in_denominator=one.now is not None and one.now.whole,
            was_in_denominator=one.was is not None and one.was.whole,
            counted=one.now is not None and one.now.counted,
            was_counted=one.was is not None and one.was.counted,
            amount=one.now.amount if one.now else 0,
            was_amount=one.was.amount if one.was else 0,
            **facts,
        )


def close_rows(_asked: ClosesAsked, cut: Cut) -> Part[CloseItem]:
    return Part([CloseItem.of(close) for close in closes(cut.client).values()])


def restatement_rows(asked: RestatementsAsked, cut: Cut) -> Part[RestatementItem]:
    close = closed(asked.period, cut.client)
    known_family(asked.family)
    found = restatements(cut.client, close, asked.agency, asked.family)
    return Part([RestatementItem.of(each) for each in found])


def restated_rows(asked: RestatedAsked, cut: Cut) -> Part[RestatedItem]:
    wanted = Wanted(closed(asked.period, cut.client), kpi_named(asked.kpi), asked.agency, asked.thing, asked.change)
    after = str(place(cut.cursor, str)[0]) if cut.cursor is not None else ""
    page = named(cut.client, wanted, after, cut.limit)
    return Part([RestatedItem.of(found) for found in page.items], page.next and cursor([page.next]))

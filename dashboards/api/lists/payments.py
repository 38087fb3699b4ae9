"""Transactions that belong to no dossier that is known."""

from datetime import datetime

from dashboards.api.given import Asked, PeriodName
from dashboards.api.listed import Cut, Part
from dashboards.api.models import Model
from dashboards.api.paging import cursor, place
from dashboards.payments import unplaced
from metrics.period import parse


class UnplacedAsked(Asked):
    period: PeriodName


class UnplacedItem(Model):
    """`dossier` is the code that the platform names, where it names one; `amount` as the platform writes it."""

    transaction: str
    paid_at: datetime
    dossier: str | None
    agency: str | None
    amount: str | None
    gateway: str | None
    refunded_at: datetime | None


def unplaced_rows(asked: UnplacedAsked, cut: Cut) -> Part[UnplacedItem]:
    after = str(place(cut.cursor, str)[0]) if cut.cursor is not None else ""
    items, more = unplaced(cut.client, parse(asked.period), after, cut.limit)
    return Part([UnplacedItem.model_validate(each) for each in items], more and cursor([more]))

"""How things stand: the data's quality, how many dossiers are late, one dossier, the facts against the cells."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from dashboards.api.answers import answered
from dashboards.api.errors import unknown
from dashboards.api.given import LONGEST, Asked, Code, PeriodName
from dashboards.api.models import DossierItem, Model, Words, words
from dashboards.api.shapes import DeadItem
from dashboards.board import Given
from dashboards.dossier import Dossier, dossier
from dashboards.pages.shared import late_read
from dashboards.quality import KEPT, by_day, checked, reasons
from dashboards.reconcile import drift
from metrics.period import parse

router = APIRouter()

RECONCILED = 600.0
"""Seconds: it reads everything there is."""


class QualityAsked(Asked):
    period: PeriodName


class LateCountsAsked(Asked):
    agency: Code | None = None


class LateCounts(Model):
    """How many open dossiers are overdue, or due within 24 hours, 3 or 7 working days from now."""

    overdue: int
    within_24h: int
    within_3d: int
    within_7d: int


class CheckItem(Model):
    check: str
    title: Words
    dossiers: int


class ReasonItem(Model):
    """Dead letters of one kind for one reason, with the first few."""

    kind: str
    reason: str
    lines: int
    examples: list[DeadItem]


class QualityItem(Model):
    """`checks` are tried on the dossiers received in the period; dead letters are all there are."""

    received: int
    checks: list[CheckItem]
    dead: list[ReasonItem]


class DriftItem(Model):
    """Numerator and denominator as computed from either."""

    kpi: str
    period: str
    facts: tuple[int, int | None]
    cells: tuple[int, int | None]


class StepItem(Model):
    at: datetime
    status: str
    unit: str | None
    started_at: datetime | None
    due_at: datetime | None


class PaymentItem(Model):
    transaction: str
    paid_at: datetime | None
    amount: str | None
    gateway: str | None


class CountingItem(Model):
    """Whether a KPI counts the dossier, on the day it dates it by."""

    kpi: str
    day: date | None
    in_denominator: bool
    counted: bool


class WholeDossier(DossierItem):
    """Everything about a dossier that is no person's."""

    status: str | None
    submitted_at: datetime | None
    return_way: str | None
    service_name: str | None
    agency_name: str | None
    steps: list[StepItem]
    payments: list[PaymentItem]
    counting: list[CountingItem]


@router.get("/quality", response_model=QualityItem)
def quality(request: Request, asked: Annotated[QualityAsked, Query()], board: Given) -> Response:
    """What is missing or contradicts itself, and what could not be read."""
    tried, dead = board.read("checks", by_day, KEPT), board.read("reasons", reasons)
    whole = checked(tried.value, parse(asked.period))
    checks = [
        CheckItem(check=found.check.id, title=words(found.check.title), dossiers=found.dossiers)
        for found in whole.found
    ]
    item = QualityItem(
        received=whole.received,
        checks=checks,
        dead=[ReasonItem.model_validate(reason) for reason in dead.value],
    )
    return answered(request, item, min(tried.as_of, dead.as_of))


@router.get("/late/counts", response_model=LateCounts)
def late_counts(request: Request, asked: Annotated[LateCountsAsked, Query()], board: Given) -> Response:
    """How many open dossiers each window of /late has."""
    read = late_read(board, asked.agency)
    counts = LateCounts(**dict(zip(LateCounts.model_fields, read.value.values(), strict=True)))
    return answered(request, counts, read.as_of)


@router.get("/reconcile", response_model=list[DriftItem])
def reconcile(request: Request, board: Given) -> Response:
    """Where the facts and the cells disagree; an empty list where they do not."""
    read = board.read("drift", drift, RECONCILED)
    return answered(request, [DriftItem.model_validate(found) for found in read.value], read.as_of)


@router.get("/dossiers/{code:path}", response_model=WholeDossier)
def one(request: Request, code: Annotated[str, Path(max_length=LONGEST)], board: Given) -> Response:
    """One dossier: what is known of it, its steps, and which figures count it."""
    read = board.read(("dossier", code), lambda client: dossier(client, code))
    if read.value is None:
        raise unknown("code", "no such dossier")
    return answered(request, whole(read.value), read.as_of)


def whole(found: Dossier) -> WholeDossier:
    item = {name: getattr(found.item, name) for name in DossierItem.model_fields}
    rest = {name: getattr(found, name) for name in WholeDossier.model_fields if name not in item and name != "counting"}
    counting = [
        CountingItem(kpi=c.kpi.id, day=c.day, in_denominator=c.in_denominator, counted=c.counted)
        for c in found.counting
    ]
    return WholeDossier.model_validate(item | rest | {"counting": counting})

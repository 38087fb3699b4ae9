"""Thresholds and alerts as JSON."""

from datetime import datetime, time
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from dashboards.alerts.desk import AtDesk
from dashboards.alerts.preview import preview
from dashboards.alerts.shapes import AlertItem, ChangeItem, HappenedItem, PreviewItem, ReadingItem, ThresholdItem
from dashboards.alerts.wishes import wish
from dashboards.api.answers import answered
from dashboards.api.errors import Wrong
from dashboards.api.given import Asked, Code
from metrics.alerting.said import LIMITS
from metrics.civil import CIVIL, FIRST_YEAR, LAST_YEAR
from metrics.period import parse

router = APIRouter()

MOST = 1000
KEPT = 60.0
Number = Annotated[str, Field(max_length=20)]


class ThresholdsAsked(Asked):
    on: Annotated[str | None, Field(max_length=10, description="as they held at the end of that day")] = None


class ChangesAsked(Asked):
    id: Code | None = None


class HistoryAsked(Asked):
    limit: Annotated[int, Field(ge=1, le=MOST)] = 100


class ReadingsAsked(Asked):
    at: Annotated[str, Field(max_length=40, description="a moment such as 2026-11-29T10:05:00+07:00")]


class PreviewAsked(Asked):
    """One of below, above, drop and rise is needed."""

    kpi: Code
    below: Number | None = None
    above: Number | None = None
    drop: Number | None = None
    rise: Number | None = None
    warn: Number | None = None
    agency: Code | None = None
    tier: Number | None = None
    over: Number | None = None
    least: Number | None = None
    back: Number | None = None


@router.get("/alerts", response_model=list[AlertItem])
def alerts(request: Request, desk: AtDesk) -> Response:
    """Every alert as it stands, what is open first."""
    now = desk.now()
    return answered(request, [AlertItem.of(row) for row in desk.standing.now(desk.known(), now)], now)


@router.get("/alerts/history", response_model=list[HappenedItem])
def history(request: Request, asked: Annotated[HistoryAsked, Query()], desk: AtDesk) -> Response:
    """What happened to alerts, newest first."""
    return answered(request, [HappenedItem.of(each) for each in desk.standing.history(asked.limit)], desk.now())


@router.get("/thresholds", response_model=list[ThresholdItem])
def thresholds(request: Request, asked: Annotated[ThresholdsAsked, Query()], desk: AtDesk) -> Response:
    """The thresholds that hold, or held at the end of a day."""
    end = datetime.combine(parse(asked.on).last, time.max, CIVIL) if asked.on else None
    found = desk.standing.rules.holding(end)
    return answered(request, [ThresholdItem.of(rule) for rule in found.values()], desk.now())


@router.get("/thresholds/history", response_model=list[ChangeItem])
def changes(request: Request, asked: Annotated[ChangesAsked, Query()], desk: AtDesk) -> Response:
    """Every change of one threshold or all, oldest first."""
    found = desk.standing.rules.history(asked.id)
    return answered(request, [ChangeItem.of(change) for change in found], desk.now())


@router.get("/readings", response_model=list[ReadingItem])
def readings(request: Request, asked: Annotated[ReadingsAsked, Query()], desk: AtDesk) -> Response:
    """What the first page of the board said at a moment; nothing where nobody read in the two minutes before."""
    try:
        at = datetime.fromisoformat(asked.at)
    except ValueError as error:
        raise Wrong("at", "write a moment such as 2026-11-29T10:05:00+07:00") from error
    if not FIRST_YEAR < at.year < LAST_YEAR:
        raise Wrong("at", f"not between {FIRST_YEAR + 1} and {LAST_YEAR - 1}")
    found = desk.readings().said(at if at.tzinfo else at.replace(tzinfo=CIVIL))
    return answered(request, [ReadingItem.of(each) for each in found], desk.now())


@router.get("/thresholds/proposals", response_model=list[ChangeItem])
def proposals(request: Request, desk: AtDesk) -> Response:
    """Changes that wait for a second person's approval, oldest first."""
    return answered(request, [ChangeItem.of(each) for each in desk.standing.rules.proposals()], desk.now())


@router.get("/thresholds/preview", response_model=PreviewItem)
def previewed(request: Request, asked: Annotated[PreviewAsked, Query()], desk: AtDesk) -> Response:
    """What a threshold would have done in the last 90 days."""
    said = {name: value for name, value in asked.model_dump().items() if value is not None}
    wanted, problems = wish(said, desk.board.client(), desk.standing.rules, desk.groups)
    if wanted is None:
        given = next((name for name in LIMITS if name in said), "below")
        raise Wrong(given, "; ".join(problem.en for problem in problems))
    read = desk.board.read(("preview api", wanted), lambda client: preview(client, wanted, desk.now()), KEPT)
    return answered(request, PreviewItem.of(read.value), read.as_of)

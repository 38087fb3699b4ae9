"""The service portal: requests, errors, waiting times."""

from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter, Query, Request, Response

from dashboards.api.answers import answered
from dashboards.api.given import Asked, PeriodName
from dashboards.api.models import Model
from dashboards.board import FRESH, Given
from dashboards.portal import Answers, Page
from dashboards.portal_read import PortalRead, portal_read
from metrics.period import parse

router = APIRouter()


class PortalAsked(Asked):
    period: PeriodName


class AnswersItem(Model):
    """`failed` were answered with 500–599, `not_found` with 404. Waits of people in milliseconds, where told."""

    requests: int
    failed: int
    not_found: int
    robots: int
    p50: float | None
    p95: float | None
    p99: float | None

    @classmethod
    def of(cls, said: Answers) -> Self:
        p50, p95, p99 = (None if wait is None else round(wait, 3) for wait in said.waits)
        counts = {name: getattr(said, name) for name in ("requests", "failed", "not_found", "robots")}
        return cls(**counts, p50=p50, p95=p95, p99=p99)


class PageItem(Model):
    """A class of pages, or a service by its code."""

    page: str
    name: str | None
    answers: AnswersItem

    @classmethod
    def of(cls, page: Page) -> Self:
        return cls(page=page.page, name=page.name, answers=AnswersItem.of(page.answers))


class StepItem(Model):
    at: datetime
    requests: int
    failed: int


class OutsideItem(Model):
    """A page that was asked for from outside. Waits in milliseconds, of answers that were as expected."""

    page: str
    probes: int
    answered: int
    p50: float | None
    p95: float | None
    failed_at: datetime | None


class PortalItem(Model):
    """`minutes` had requests; in `answering` of them not all failed. The course goes by steps of `step` minutes.

    `visitors` is an estimate for each day, added up; `visitors_untold` of the served requests came without marks.
    """

    period: str
    whole: AnswersItem
    minutes: int
    answering: int
    busiest: int
    pages: list[PageItem]
    services: list[PageItem]
    step: int
    course: list[StepItem]
    visitors: int | None
    visitors_untold: int
    outside: list[OutsideItem]

    @classmethod
    def of(cls, period: str, read: PortalRead) -> Self:
        said = read.portal
        return cls(
            period=period,
            whole=AnswersItem.of(said.whole),
            minutes=said.minutes,
            answering=said.answering,
            busiest=said.busiest,
            pages=[PageItem.of(page) for page in said.pages],
            services=[PageItem.of(page) for page in said.services],
            step=said.step,
            course=[StepItem.model_validate(step) for step in said.course],
            visitors=read.visits.visitors,
            visitors_untold=read.visits.untold,
            outside=[OutsideItem.model_validate(page) for page in read.outside],
        )


@router.get("/portal", response_model=PortalItem)
def of_period(request: Request, asked: Annotated[PortalAsked, Query()], board: Given) -> Response:
    """How the portal answered: as a whole, by pages and services, errors first, and over the period's course."""
    period = parse(asked.period)
    read = portal_read(board, period, FRESH)
    return answered(request, PortalItem.of(period.name, read), read.as_of)

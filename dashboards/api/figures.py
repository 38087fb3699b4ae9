"""Figures, their definitions, and the dossiers behind them."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from dashboards.api.answers import answered
from dashboards.api.given import Code, OfPeriod, Paged, YesNo, flag, kpi_named
from dashboards.api.models import BehindItem, Definition, DossierPage, KpiItem
from dashboards.api.paging import cursor, place
from dashboards.behind import Wanted, behind
from dashboards.board import Given
from dashboards.figures import Scope, kpi
from metrics.catalogue import CATALOGUE
from metrics.period import parse
from metrics.readings.prose import definition

router = APIRouter()


class FiguresAsked(OfPeriod):
    by: Annotated[Literal["agency", "procedure", "channel"] | None, Field(description="a row for each of these")] = None

    def scope(self) -> Scope:
        return Scope(parse(self.period), self.agency, self.by)


class BehindAsked(OfPeriod):
    kpi: str
    procedure: Code | None = None
    channel: Code | None = None
    counted: Annotated[YesNo | None, Field(description="only those in the numerator, or only the others")] = None
    alone: Annotated[YesNo | None, Field(description="without the agencies below, as a row by agency counts")] = None

    def wanted(self) -> Wanted:
        return Wanted(
            kpi_named(self.kpi),
            parse(self.period),
            self.agency,
            self.procedure,
            self.channel,
            flag(self.counted),
            alone=bool(flag(self.alone)),
        )


class BehindPageAsked(BehindAsked, Paged):
    """One page of it."""


@router.get("/kpi", response_model=list[KpiItem])
def figures(request: Request, asked: Annotated[FiguresAsked, Query()], board: Given) -> Response:
    """Every KPI of a period; with `by`, a row for each agency, procedure or channel that counts something."""
    scope = asked.scope()
    read = board.read(("kpi", scope), lambda client: kpi(client, scope))
    return answered(request, [KpiItem.of(reading) for reading in read.value], read.as_of)


@router.get("/dossiers", response_model=DossierPage)
def dossiers(request: Request, asked: Annotated[BehindPageAsked, Query()], board: Given) -> Response:
    """The dossiers behind a number, by code: its denominator's, `counted` where they are in its numerator too.

    Behind services with dossiers are the dossiers of those services; behind payments, the known dossiers that the
    transactions name.
    """
    wanted, limit = asked.wanted(), asked.limit
    after = str(place(asked.cursor, str)[0]) if asked.cursor is not None else ""
    read = board.read(("dossiers", wanted, after, limit), lambda client: behind(client, wanted, after, limit))
    items = [BehindItem.of(found) for found in read.value.items]
    following = read.value.next
    return answered(
        request, DossierPage(items=items, next=cursor(None if following is None else [following])), read.as_of
    )


@router.get("/catalogue", response_model=list[Definition])
def catalogue(request: Request, board: Given) -> Response:
    """Every definition."""
    return answered(request, [Definition.of(kpi, definition(kpi)) for kpi in CATALOGUE], board.now())

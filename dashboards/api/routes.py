"""One request for each list. Those that have pages give one; the others give all there is."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from dashboards.api.answers import answered
from dashboards.api.given import USUAL, Asked, Paged
from dashboards.api.listed import Cut, Part
from dashboards.api.lists.actions import ActionItem, ActionsAsked
from dashboards.api.lists.agencies import AgenciesAsked
from dashboards.api.lists.annual import CriterionItem, IndexItem, IndicesAsked
from dashboards.api.lists.closing import (
    CloseItem,
    ClosesAsked,
    RestatedAsked,
    RestatedItem,
    RestatementItem,
    RestatementsAsked,
    restatement_rows,
)
from dashboards.api.lists.figures import BehindAsked, FiguresAsked, PartsAsked
from dashboards.api.lists.funnel import FunnelAsked, FunnelItem
from dashboards.api.lists.late import LateAsked
from dashboards.api.lists.payments import UnplacedAsked, UnplacedItem
from dashboards.api.lists.quality import DeadAsked, FailingAsked
from dashboards.api.lists.services import ServicesAsked
from dashboards.api.lists.tables import TABLES
from dashboards.api.models import BehindItem, DossierItem, KpiItem, Model, Page, PartItem
from dashboards.api.shapes import AgencyItem, DeadItem, LateItem, ServiceItem
from dashboards.board import Board, Given
from dashboards.cache import Read

router = APIRouter()


class BehindPage(BehindAsked, Paged):
    """One page of the dossiers."""


class ServicesPage(ServicesAsked, Paged):
    """One page of the services."""


class LatePage(LateAsked, Paged):
    """One page of the late dossiers."""


class FailingPage(FailingAsked, Paged):
    """One page of the dossiers."""


class RestatedPage(RestatedAsked, Paged):
    """One page of the things that a restatement names."""


class UnplacedPage(UnplacedAsked, Paged):
    """One page of the transactions."""


class DeadPage(DeadAsked, Paged):
    """One page of the dead letters."""


@router.get("/kpi", response_model=list[KpiItem])
def figures(request: Request, asked: Annotated[FiguresAsked, Query()], board: Given) -> Response:
    """Every KPI of a period; with `by`, a row for each agency, procedure or channel that counts something."""
    return _all("kpi", request, asked, board)


@router.get("/parts", response_model=list[PartItem])
def parts(request: Request, asked: Annotated[PartsAsked, Query()], board: Given) -> Response:
    """A period that crosses 1 July 2025, or a change of definition, in its parts; empty where nothing breaks it."""
    return _all("parts", request, asked, board)


@router.get("/agencies", response_model=list[AgencyItem])
def agencies(request: Request, asked: Annotated[AgenciesAsked, Query()], board: Given) -> Response:
    """The agencies of the catalogue, as they stood on the period's last day."""
    return _all("agencies", request, asked, board)


@router.get("/actions", response_model=list[ActionItem])
def actions(request: Request, asked: Annotated[ActionsAsked, Query()], board: Given) -> Response:
    """What was promised and how it stands today, what is due first."""
    return _all("actions", request, asked, board)


@router.get("/indices", response_model=list[IndexItem])
def indices(request: Request, asked: Annotated[IndicesAsked, Query()], board: Given) -> Response:
    """Yearly indices that others publish, newest year first; a change only where both years are comparable."""
    return _all("indices", request, asked, board)


@router.get("/indices/criteria", response_model=list[CriterionItem])
def criteria(request: Request, asked: Annotated[IndicesAsked, Query()], board: Given) -> Response:
    """Their criteria, with the points lost."""
    return _all("criteria", request, asked, board)


@router.get("/dossiers", response_model=Page[BehindItem])
def dossiers(request: Request, asked: Annotated[BehindPage, Query()], board: Given) -> Response:
    """The dossiers behind a number, by code: its denominator's, `counted` where they are in its numerator too.

    Behind services with dossiers are the dossiers of those services; behind payments, the known dossiers that the
    transactions name.
    """
    return _page("dossiers", request, asked, board)


@router.get("/services", response_model=Page[ServiceItem])
def services(request: Request, asked: Annotated[ServicesPage, Query()], board: Given) -> Response:
    """The services in force on the period's last day, and what they received in the period."""
    return _page("services", request, asked, board)


@router.get("/closes", response_model=list[CloseItem])
def closes(request: Request, asked: Annotated[ClosesAsked, Query()], board: Given) -> Response:
    """The periods that were closed, the one that ended last first."""
    return _all("closes", request, asked, board)


@router.get("/restatements", response_model=list[RestatementItem])
def restatements(request: Request, asked: Annotated[RestatementsAsked, Query()], board: Given) -> Response:
    """The figures of a closed period that are no longer what they were: was, is, and why in numbers."""
    read = board.read(
        ("restatements", asked), lambda client: restatement_rows(asked, Cut(client, board.now(), None, USUAL))
    )
    return answered(request, read.value.items, read.as_of)


@router.get("/restated", response_model=Page[RestatedItem])
def restated(request: Request, asked: Annotated[RestatedPage, Query()], board: Given) -> Response:
    """The things by which a figure differs from what it was when its period was closed, by code."""
    return _page("restated", request, asked, board)


@router.get("/late", response_model=Page[LateItem])
def late(request: Request, asked: Annotated[LatePage, Query()], board: Given) -> Response:
    """Open dossiers that are overdue or soon due, most urgent first."""
    return _page("late", request, asked, board)


@router.get("/failing", response_model=Page[DossierItem])
def failing(request: Request, asked: Annotated[FailingPage, Query()], board: Given) -> Response:
    """The dossiers received in the period that fail a check of /quality."""
    return _page("failing", request, asked, board)


@router.get("/unplaced", response_model=Page[UnplacedItem])
def unplaced(request: Request, asked: Annotated[UnplacedPage, Query()], board: Given) -> Response:
    """The transactions that succeeded in the period and belong to no dossier that is known."""
    return _page("unplaced", request, asked, board)


@router.get("/portal/funnel", response_model=list[FunnelItem])
def funnel(request: Request, asked: Annotated[FunnelAsked, Query()], board: Given) -> Response:
    """How far people came on the portal's way of a submission: the whole portal first, then services."""
    return _all("portal_funnel", request, asked, board)


@router.get("/dead", response_model=Page[DeadItem])
def dead(request: Request, asked: Annotated[DeadPage, Query()], board: Given) -> Response:
    """The lines that could not be read."""
    return _page("dead", request, asked, board)


def _all(name: str, request: Request, asked: Asked, board: Board) -> Response:
    read = _read(name, asked, board, None, USUAL)
    return answered(request, read.value.items, read.as_of)


def _page(name: str, request: Request, asked: Paged, board: Board) -> Response:
    read = _read(name, asked, board, asked.cursor, asked.limit)
    page: Page[Any] = Page(items=list(read.value.items), next=read.value.next)
    return answered(request, page, read.as_of)


def _read(name: str, asked: Asked, board: Board, cursor: str | None, limit: int) -> Read[Part[Model]]:
    part = TABLES[name].part
    return board.read((name, asked), lambda client: part(asked, Cut(client, board.now(), cursor, limit)))

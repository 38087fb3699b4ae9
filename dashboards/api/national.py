"""The national portal's side of a period."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from dashboards.api.answers import answered
from dashboards.api.given import USUAL, Asked, Paged
from dashboards.api.listed import Cut
from dashboards.api.lists.national import (
    DifferenceItem,
    DifferencesAsked,
    EffectItem,
    NationalAgencyItem,
    NationalAsked,
    OfPortal,
    PublishedAsked,
    PublishedItem,
)
from dashboards.api.lists.tables import TABLES
from dashboards.api.models import Page
from dashboards.board import Board, Given

router = APIRouter(prefix="/national")

KEPT = 60.0
"""Seconds: each dossier is set beside its other self."""


class DifferencesPage(DifferencesAsked, Paged):
    """One page of the dossiers that differ."""


@router.get("", response_model=list[EffectItem])
def effects(request: Request, asked: Annotated[NationalAsked, Query()], board: Given) -> Response:
    """Figures here and there: the whole gap, and what each class of difference does to it."""
    return _all("national", request, asked, board)


@router.get("/agencies", response_model=list[NationalAgencyItem])
def agencies(request: Request, asked: Annotated[OfPortal, Query()], board: Given) -> Response:
    """How many dossiers of each agency differ, and how."""
    return _all("national_agencies", request, asked, board)


@router.get("/differences", response_model=Page[DifferenceItem])
def differences(request: Request, asked: Annotated[DifferencesPage, Query()], board: Given) -> Response:
    """The dossiers that differ, by code; one that differs in several ways comes several times."""
    part, cut = TABLES["national_differences"].part, asked.cursor
    read = board.read(asked, lambda client: part(asked, Cut(client, board.now(), cut, asked.limit)), KEPT)
    page: Page[Any] = Page(items=list(read.value.items), next=read.value.next)
    return answered(request, page, read.as_of)


@router.get("/published", response_model=list[PublishedItem])
def published(request: Request, asked: Annotated[PublishedAsked, Query()], board: Given) -> Response:
    """Figures as the portal published them."""
    return _all("national_published", request, asked, board)


def _all(name: str, request: Request, asked: Asked, board: Board) -> Response:
    part = TABLES[name].part
    read = board.read((name, asked), lambda client: part(asked, Cut(client, board.now(), None, USUAL)), KEPT)
    return answered(request, read.value.items, read.as_of)

"""Figures of an agency together with those that went into it."""

from datetime import date
from typing import Annotated, Literal, Self

from fastapi import APIRouter, Query, Request, Response

from dashboards.api.answers import answered
from dashboards.api.errors import unknown
from dashboards.api.given import Asked, Code, PeriodName
from dashboards.api.models import KpiItem, Model
from dashboards.board import Given
from dashboards.pro_forma import past
from metrics.catalogue import HEADLINE
from metrics.period import parse
from metrics.succession import Link

router = APIRouter()


class ProFormaAsked(Asked):
    period: PeriodName
    agency: Code


class LinkItem(Model):
    """From `date` on, `share` of the predecessor is the successor's."""

    predecessor: str
    successor: str
    date: date
    share: float

    @classmethod
    def of(cls, link: Link) -> Self:
        return cls(predecessor=link.predecessor, successor=link.successor, date=link.day, share=float(link.share))


class Predecessor(Model):
    link: LinkItem
    items: list[KpiItem]


class ProFormaPage(Model):
    """`items` is the union of the `members`; empty where a predecessor was split, for then nothing may be summed."""

    basis: Literal["pro forma"] = "pro forma"
    agency: str
    period: str
    summed: bool
    members: list[str]
    items: list[KpiItem]
    predecessors: list[Predecessor]
    successors: list[LinkItem]


@router.get("/pro-forma", response_model=ProFormaPage)
def pro_forma(request: Request, asked: Annotated[ProFormaAsked, Query()], board: Given) -> Response:
    """Headline figures of a merged agency and its predecessors as one, and of each predecessor by itself."""
    period = parse(asked.period)
    read = board.read(("past", asked.agency, period), lambda client: past(client, asked.agency, period, HEADLINE))
    if read.value is None:
        raise unknown("agency", "nobody went into this agency, and it went into none")
    found = read.value
    page = ProFormaPage(
        agency=asked.agency,
        period=period.name,
        summed=bool(found.members),
        members=list(found.members),
        items=[KpiItem.of(each) for each in found.union],
        predecessors=[
            Predecessor(link=LinkItem.of(link), items=[KpiItem.of(each) for each in readings])
            for link, readings in found.apart
        ],
        successors=[LinkItem.of(link) for link in found.after],
    )
    return answered(request, page, read.as_of)

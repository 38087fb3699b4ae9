"""Figures over time, agencies side by side, definitions."""

from collections.abc import Iterable, Sequence
from typing import Annotated

from clickhouse_connect.driver.client import Client
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from dashboards.api.answers import answered
from dashboards.api.errors import Wrong
from dashboards.api.given import Code, OfPeriod, kpi_named
from dashboards.api.listed import Cut
from dashboards.api.lists.agencies import LeagueAsked, league_items, whole_league
from dashboards.api.models import Definition, KpiItem, Model, PointItem
from dashboards.api.shapes import LeagueItem
from dashboards.board import Given
from dashboards.figures import Reading, Scope, kpi
from dashboards.reach import reach
from dashboards.series import series
from dashboards.spans import history
from dashboards.tally import Group, tally
from dashboards.tiles import turns_of_all
from metrics.catalogue import CATALOGUE
from metrics.kpi import Kpi
from metrics.period import Period, parse
from metrics.readings.prose import definition

router = APIRouter()

USUAL, MOST = 12, 60


class SeriesAsked(OfPeriod):
    kpi: Code
    count: Annotated[int, Field(ge=1, le=MOST, description="how many periods, up to the one named")] = USUAL


class LeaguePage(Model):
    """`up` and `down` count the agencies whose value rose or fell against a year before, as displayed.

    `groups` counts each group of agencies: by the target, where there is one, and by the year before.
    """

    up: int
    down: int
    target: float | None
    groups: dict[Group, int]
    items: list[LeagueItem]


@router.get("/series", response_model=list[PointItem])
def over_time(request: Request, asked: Annotated[SeriesAsked, Query()], board: Given) -> Response:
    """One KPI over the last periods of the same form, oldest first."""
    chosen, periods = kpi_named(asked.kpi), history(parse(asked.period), asked.count)
    read = board.read(("series", asked), lambda client: _over_time(client, chosen, periods, asked.agency))
    turns = turns_of_all(board).get(asked.agency or "", ())
    points = [reading for (reading,) in read.value]
    pairs = zip([None, *points], points, strict=False)
    return answered(request, [PointItem.after(before, each, turns) for before, each in pairs], read.as_of)


def _over_time(
    client: Client, chosen: Kpi, periods: Sequence[Period], agency: str | None
) -> Iterable[Sequence[Reading]]:
    """The last one by itself: it may be running, while what is over is recalled."""
    over = series(client, [chosen], periods[:-1], agency, tree=periods[-1]) if periods[:-1] else []
    return [*over, *series(client, [chosen], periods[-1:], agency)]


@router.get("/league", response_model=LeaguePage)
def league(request: Request, asked: Annotated[LeagueAsked, Query()], board: Given) -> Response:
    """Agencies side by side by one KPI, best first; those with too few cases have no rank."""
    read = board.read(("league", asked), lambda client: whole_league(asked, Cut(client, board.now(), None, 0)))
    counts, items = tally(read.value, asked.aim), league_items(asked, read.value)
    up, down = counts[Group.ROSE], counts[Group.FELL]
    return answered(request, LeaguePage(up=up, down=down, target=asked.aim, groups=counts, items=items), read.as_of)


class WhatIfAsked(OfPeriod):
    kpi: Code
    target: Annotated[float, Field(ge=0, le=100, description="percent for a rate, points for points")]


class WhatIfItem(Model):
    """How many existing cases, or new ones, would reach the target; null where none would."""

    figure: KpiItem
    target: float
    converted: int | None
    added: int | None


@router.get("/what-if", response_model=WhatIfItem)
def to_reach(request: Request, asked: Annotated[WhatIfAsked, Query()], board: Given) -> Response:
    """The fewest further cases that bring a rate, or its points, to a target; all else stays as it is."""
    chosen, scope = kpi_named(asked.kpi), Scope(parse(asked.period), asked.agency)
    read = board.read(("figure", asked.kpi, scope), lambda client: kpi(client, scope, kpis=[chosen])[0])
    found = reach(read.value, asked.target)
    if found is None:
        raise Wrong("target", "no rate reaches it, or the KPI is no rate")
    item = WhatIfItem(figure=KpiItem.of(read.value), target=asked.target, converted=found.converted, added=found.added)
    return answered(request, item, read.as_of)


@router.get("/catalogue", response_model=list[Definition])
def catalogue(request: Request, board: Given) -> Response:
    """Every definition."""
    return answered(request, [Definition.of(kpi, definition(kpi)) for kpi in CATALOGUE], board.now())

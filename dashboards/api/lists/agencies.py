"""Agencies: who they are, and how they stand beside each other."""

from typing import Annotated, Literal

from pydantic import Field

from dashboards import agencies as query
from dashboards.api.given import Asked, Code, PeriodName, kpi_named
from dashboards.api.listed import Cut, Part
from dashboards.api.shapes import AgencyItem, LeagueItem
from dashboards.league import League, league
from metrics.civil import civil
from metrics.period import parse


class AgenciesAsked(Asked):
    """As of the period's last day."""

    period: PeriodName


class LeagueAsked(AgenciesAsked):
    kpi: Code
    tier: Annotated[
        Literal["tinh", "so", "huyen", "xa"] | None,
        Field(description="agencies of this level with all below them; without it each agency alone"),
    ] = None


def agencies(asked: AgenciesAsked, cut: Cut) -> Part[AgencyItem]:
    return Part([AgencyItem.of(agency) for agency in query.agencies(cut.client, parse(asked.period).last).values()])


def whole_league(asked: LeagueAsked, cut: Cut) -> League:
    today = civil(cut.now).date()
    return league(cut.client, kpi_named(asked.kpi), parse(asked.period), today, asked.tier)


def league_rows(asked: LeagueAsked, cut: Cut) -> Part[LeagueItem]:
    return Part([LeagueItem.of(row) for row in whole_league(asked, cut).rows])

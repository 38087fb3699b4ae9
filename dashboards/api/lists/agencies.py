"""Agencies: who they are, and how they stand beside each other."""

from typing import Annotated, Literal

from pydantic import Field

from dashboards import agencies as query
from dashboards.api.given import Asked, Code, PeriodName, kpi_named
from dashboards.api.listed import Cut, Part
from dashboards.api.shapes import AgencyItem, LeagueItem
from dashboards.league import League, league
from dashboards.tally import Group, only, target_of
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
    target: Annotated[
        float | None, Field(ge=0, description="in the unit as displayed; usually 80 for a rate that should be high")
    ] = None
    group: Annotated[Group | None, Field(description="only the agencies of this group")] = None

    @property
    def aim(self) -> float | None:
        return target_of(kpi_named(self.kpi), self.target)


def agencies(asked: AgenciesAsked, cut: Cut) -> Part[AgencyItem]:
    return Part([AgencyItem.of(agency) for agency in query.agencies(cut.client, parse(asked.period).last).values()])


def whole_league(asked: LeagueAsked, cut: Cut) -> League:
    """Of all groups."""
    today = civil(cut.now).date()
    return league(cut.client, kpi_named(asked.kpi), parse(asked.period), today, asked.tier)


def league_rows(asked: LeagueAsked, cut: Cut) -> Part[LeagueItem]:
    return Part(league_items(asked, whole_league(asked, cut)))


def league_items(asked: LeagueAsked, found: League) -> list[LeagueItem]:
    """Of the group that is asked for."""
    return [LeagueItem.of(row, asked.aim) for row in only(found, asked.group, asked.aim).rows]

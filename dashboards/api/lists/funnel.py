"""The submission funnel, the whole portal first."""

from typing import Annotated, Self

from pydantic import Field

from dashboards.api.given import Asked, PeriodName
from dashboards.api.listed import Cut, Part
from dashboards.api.models import Model
from dashboards.funnel import Funnel, funnels
from metrics.period import parse

Kept = Annotated[float | None, Field(description="the share of the step before; of `done`, of what was submitted")]

Visitors = Annotated[int, Field(description="an estimate, summed over days; 0 where the log came without marks")]


class FunnelAsked(Asked):
    period: PeriodName


class FunnelItem(Model):
    """People's answered requests by step. Without `procedure`, of the whole portal.

    `received_online` counts dossiers, not requests.
    """

    procedure: str | None
    name: str | None
    viewed: int
    started: int
    submitted: int
    paid: int
    done: int
    started_kept: Kept
    submitted_kept: Kept
    paid_kept: Kept
    done_kept: Kept
    viewed_visitors: Visitors
    started_visitors: Visitors
    submitted_visitors: Visitors
    paid_visitors: Visitors
    done_visitors: Visitors
    received_online: int

    @classmethod
    def of(cls, said: Funnel) -> Self:
        return cls(
            procedure=said.service,
            name=said.name,
            viewed=said.requests["service"],
            started=said.requests["start"],
            submitted=said.requests["submit"],
            paid=said.requests["pay"],
            done=said.requests["done"],
            started_kept=said.kept("start"),
            submitted_kept=said.kept("submit"),
            paid_kept=said.kept("pay"),
            done_kept=said.kept("done"),
            viewed_visitors=said.visitors["service"],
            started_visitors=said.visitors["start"],
            submitted_visitors=said.visitors["submit"],
            paid_visitors=said.visitors["pay"],
            done_visitors=said.visitors["done"],
            received_online=said.online,
        )


def funnel_rows(asked: FunnelAsked, cut: Cut) -> Part[FunnelItem]:
    return Part([FunnelItem.of(each) for each in funnels(cut.client, parse(asked.period))])

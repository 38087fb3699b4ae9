"""Figures, and the dossiers behind them."""

from collections.abc import Iterator
from typing import Annotated, Literal

from clickhouse_connect.driver.client import Client
from pydantic import Field

from dashboards.api.errors import unknown
from dashboards.api.given import Code, OfPeriod, YesNo, flag, kpi_named
from dashboards.api.listed import Cut, Part
from dashboards.api.models import BehindItem, KpiItem
from dashboards.api.paging import cursor, place
from dashboards.behind import Wanted, behind
from dashboards.closing.closes import Close, close_of
from dashboards.closing.figures import Frozen, frozen
from dashboards.figures import Scope, in_force, kpi
from metrics.catalogue import CATALOGUE
from metrics.errors import Refused
from metrics.period import parse


class FiguresAsked(OfPeriod):
    by: Annotated[Literal["agency", "procedure", "channel"] | None, Field(description="a row for each of these")] = None

    family: Annotated[Code | None, Field(description="only the definitions of this family")] = None

    as_closed: Annotated[YesNo | None, Field(description="as they were when the period was closed")] = None

    def scope(self) -> Scope:
        return Scope(parse(self.period), self.agency, self.by)


class BehindAsked(OfPeriod):
    kpi: Code
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


def figures(asked: FiguresAsked, cut: Cut) -> Part[KpiItem]:
    scope = asked.scope()
    wanted = [each for each in in_force(scope.period) if asked.family in {None, each.family.id}]
    if flag(asked.as_closed):
        return Part([KpiItem(**figure) for figure in _as_closed(asked, scope, cut.client)])
    return Part([KpiItem.of(reading) for reading in kpi(cut.client, scope, kpis=wanted)])


def _as_closed(asked: FiguresAsked, scope: Scope, client: Client) -> Iterator[Frozen]:
    """A definition that is no more belongs to no family."""
    families = {(each.id, each.version): each.family.id for each in CATALOGUE}
    for figure in frozen(client, closed(asked.period, client), scope):
        if asked.family in {None, families.get((figure["kpi"], figure["version"]))}:
            yield figure


def closed(period: str, client: Client) -> Close:
    """Unknown where the period was not closed."""
    try:
        return close_of(client, parse(period))
    except Refused as error:
        raise unknown("period", str(error)) from error


def dossiers(asked: BehindAsked, cut: Cut) -> Part[BehindItem]:
    after = str(place(cut.cursor, str)[0]) if cut.cursor is not None else ""
    page = behind(cut.client, asked.wanted(), after, cut.limit)
    return Part([BehindItem.of(found) for found in page.items], page.next and cursor([page.next]))

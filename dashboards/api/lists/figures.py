"""Figures, and the dossiers behind them."""

from typing import Annotated, Literal

from clickhouse_connect.driver.client import Client
from pydantic import Field

from dashboards.api.errors import unknown
from dashboards.api.given import Code, FamilyName, OfPeriod, YesNo, flag, kpi_named
from dashboards.api.listed import Cut, Part
from dashboards.api.models import BehindItem, KpiItem, PartItem
from dashboards.api.paging import cursor, place
from dashboards.behind import Wanted, behind
from dashboards.closing.closes import Close, close_of
from dashboards.closing.figures import frozen, of_kept
from dashboards.figures import Scope, kpi, of_families
from dashboards.parts import in_parts
from metrics.errors import Refused
from metrics.kpi import Kpi
from metrics.period import parse


class FiguresAsked(OfPeriod):
    by: Annotated[Literal["agency", "procedure", "channel"] | None, Field(description="a row for each of these")] = None

    family: FamilyName = None

    as_closed: Annotated[YesNo | None, Field(description="as they were when the period was closed")] = None

    def scope(self) -> Scope:
        return Scope(parse(self.period), self.agency, self.by)


class PartsAsked(OfPeriod):
    family: FamilyName = None


class BehindAsked(OfPeriod):
    kpi: Code
    procedure: Code | None = None
    channel: Code | None = None
    counted: Annotated[YesNo | None, Field(description="only those in the numerator, or only the others")] = None
    alone: Annotated[YesNo | None, Field(description="without the agencies below, as a row by agency counts")] = None

    def wanted(self) -> Wanted:
        return Wanted(
            with_dossiers(self.kpi),
            parse(self.period),
            self.agency,
            self.procedure,
            self.channel,
            flag(self.counted),
            alone=bool(flag(self.alone)),
        )


def with_dossiers(name: str) -> Kpi:
    """A KPI whose dossiers can be listed; of a score there are none, nor of the catalogue or the portal."""
    found = kpi_named(name)
    if not found.has_dossiers:
        raise unknown("kpi", "there are no dossiers behind this KPI")
    return found


def figures(asked: FiguresAsked, cut: Cut) -> Part[KpiItem]:
    scope = asked.scope()
    wanted = of_families(scope.period, asked.family)
    if flag(asked.as_closed):
        kept = frozen(cut.client, closed(asked.period, cut.client), scope)
        return Part([KpiItem(**figure) for figure in of_kept(kept, asked.family)])
    return Part([KpiItem.of(reading) for reading in kpi(cut.client, scope, kpis=wanted)])


def part_rows(asked: PartsAsked, cut: Cut) -> Part[PartItem]:
    scope = Scope(parse(asked.period), asked.agency)
    found = in_parts(cut.client, scope, of_families(scope.period, asked.family))
    return Part([PartItem.of_part(each) for each in found])


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

"""All lists by name: what may be asked of each, the shape of its items, its parts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from dashboards.api.given import Asked
from dashboards.api.listed import Cut, Part
from dashboards.api.lists.actions import ActionItem, ActionsAsked, action_rows
from dashboards.api.lists.agencies import AgenciesAsked, LeagueAsked, agencies, league_rows
from dashboards.api.lists.annual import CriterionItem, IndexItem, IndicesAsked, criterion_rows, index_rows
from dashboards.api.lists.closing import CloseItem, ClosesAsked, RestatedAsked, RestatedItem, close_rows, restated_rows
from dashboards.api.lists.figures import BehindAsked, FiguresAsked, PartsAsked, dossiers, figures, part_rows
from dashboards.api.lists.funnel import FunnelAsked, FunnelItem, funnel_rows
from dashboards.api.lists.late import LateAsked, late_rows
from dashboards.api.lists.national import (
    DifferenceItem,
    DifferencesAsked,
    EffectItem,
    NationalAgencyItem,
    NationalAsked,
    OfPortal,
    PublishedAsked,
    PublishedItem,
    agency_rows,
    difference_rows,
    effect_rows,
    published_rows,
)
from dashboards.api.lists.payments import UnplacedAsked, UnplacedItem, unplaced_rows
from dashboards.api.lists.quality import DeadAsked, FailingAsked, dead_rows, failing_rows
from dashboards.api.lists.services import ServicesAsked, service_rows
from dashboards.api.models import BehindItem, DossierItem, KpiItem, Model, PartItem
from dashboards.api.shapes import AgencyItem, DeadItem, LateItem, LeagueItem, ServiceItem


@dataclass(frozen=True, slots=True)
class Table:
    """`part` takes what was asked, and which part of it."""

    asked: type[Asked]
    item: type[Model]
    part: Callable[[Any, Cut], Part[Model]]


TABLES: Mapping[str, Table] = MappingProxyType(
    {
        "kpi": Table(FiguresAsked, KpiItem, figures),
        "parts": Table(PartsAsked, PartItem, part_rows),
        "dossiers": Table(BehindAsked, BehindItem, dossiers),
        "agencies": Table(AgenciesAsked, AgencyItem, agencies),
        "actions": Table(ActionsAsked, ActionItem, action_rows),
        "league": Table(LeagueAsked, LeagueItem, league_rows),
        "indices": Table(IndicesAsked, IndexItem, index_rows),
        "criteria": Table(IndicesAsked, CriterionItem, criterion_rows),
        "closes": Table(ClosesAsked, CloseItem, close_rows),
        "restated": Table(RestatedAsked, RestatedItem, restated_rows),
        "national": Table(NationalAsked, EffectItem, effect_rows),
        "national_agencies": Table(OfPortal, NationalAgencyItem, agency_rows),
        "national_differences": Table(DifferencesAsked, DifferenceItem, difference_rows),
        "national_published": Table(PublishedAsked, PublishedItem, published_rows),
        "portal_funnel": Table(FunnelAsked, FunnelItem, funnel_rows),
        "services": Table(ServicesAsked, ServiceItem, service_rows),
        "late": Table(LateAsked, LateItem, late_rows),
        "unplaced": Table(UnplacedAsked, UnplacedItem, unplaced_rows),
        "failing": Table(FailingAsked, DossierItem, failing_rows),
        "dead": Table(DeadAsked, DeadItem, dead_rows),
    }
)

"""A period beside what the national portal says of it."""

from dataclasses import dataclass
from typing import Any

from dashboards.api.lists.national import difference_named
from dashboards.api.national import KEPT
from dashboards.board import Board
from dashboards.figures import Reading, Scope, kpi
from dashboards.national.comparison import compared_of, moves
from dashboards.national.differences import added, counts
from dashboards.national.gaps import gaps
from dashboards.national.imports import Import, figures, imports
from dashboards.national.pairs import Beside
from dashboards.pages import inputs
from dashboards.pages.lists import listed
from dashboards.pages.period_bar import period_bar
from dashboards.pages.shared import SLOW, data_at, known_agencies
from dashboards.pages.visit import Visit
from metrics.catalogue import CATALOGUE, FAMILIES
from metrics.national.classes import CLASSES
from metrics.national.effects import printed
from metrics.national.published import Published
from metrics.period import Period

FIRST = FAMILIES[0].id


@dataclass(frozen=True, slots=True)
class Both:
    """A published figure and ours; None where no definition of that name is computed."""

    published: Published
    ours: Reading | None


def values(board: Board, visit: Visit) -> dict[str, Any]:
    period = inputs.period(board, visit)
    families = [each for each in FAMILIES if compared_of(period, each.id)]
    family = inputs.choice(visit, "family", [each.id for each in families]) or FIRST
    beside, known = Beside(Scope(period, visit.get("agency"))), known_agencies(board, period)
    found = [each for each in board.read("imports", imports, SLOW).value if _meets(each, period)]
    return {
        "bar": period_bar(board, period),
        "agency": known.get(beside.scope.agency or ""),
        "agencies": known,
        "imports": found,
        "families": families,
        "family": family,
        "classes": CLASSES,
        "printed": printed,
        "moves": moves,
        "published": _published(board, beside.scope),
        **(_compared(board, visit, beside, family) if found else {"counted": None, "listing": None}),
        "data_at": data_at(board),
    }


def _meets(found: Import, period: Period) -> bool:
    return found.covers_from <= period.last and period.first <= found.covers_to


def _compared(board: Board, visit: Visit, beside: Beside, family: str) -> dict[str, Any]:
    period = beside.scope.period
    kpis = compared_of(period, family)
    rows = board.read(("counts", beside), lambda client: counts(client, beside), KEPT).value
    effects = board.read(("gaps", beside, family), lambda client: gaps(client, beside, kpis), KEPT)
    name = visit.get("difference")
    return {
        "counted": added(rows),
        "rows": rows,
        "effects": effects.value,
        "as_of": effects.as_of,
        "difference": None if name is None else difference_named(name),
        "listing": None if name is None else listed(board, visit, "national_differences", period=period.name),
    }


def _published(board: Board, scope: Scope) -> list[Both]:
    name = scope.period.name
    found = board.read(("published", name), lambda client: figures(client, name), SLOW).value
    mine = [each for each in found if each.unit == (scope.agency or "")]
    names = {each.indicator for each in mine}
    kpis = [each for each in CATALOGUE if each.id in names and each.dimensions() >= scope.places]
    read = board.read(("ours", scope, tuple(sorted(names))), lambda client: kpi(client, scope, kpis=kpis), SLOW).value
    ours = {reading.kpi.id: reading for reading in read}
    return [Both(each, ours.get(each.indicator)) for each in mine]

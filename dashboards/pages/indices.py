"""Yearly indices: score and rank over the years, where points were lost, and the live figures that feed them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.api.errors import unknown
from dashboards.board import Board
from dashboards.figures import Scope
from dashboards.indices import criteria, scores
from dashboards.pages import inputs
from dashboards.pages.shared import SLOW
from dashboards.pages.visit import Visit
from dashboards.tiles import Tile, tiles
from metrics.annual import INDICES, Criterion, Field, Losses, Move, Scored, field, losses, moves
from metrics.catalogue import CATALOGUE
from metrics.period import Period
from metrics.provinces import PROVINCES, SUCCESSOR

Rows = Sequence[tuple[Scored, Move | None]]

FIRST, LAST = 1990, 2299


@dataclass(frozen=True, slots=True)
class Judged:
    """The criteria of one index, unit and year, most points lost first; `live` are the tiles of KPIs by id."""

    index: str
    year: int
    criteria: tuple[Criterion, ...]
    losses: Losses
    live: dict[str, Tile]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Agencies of one tier in the newest year, best first."""

    index: str
    tier: str
    year: int
    rows: Rows
    field: Field


def values(board: Board, visit: Visit) -> dict[str, Any]:
    rows = moves(board.read("index scores", scores, SLOW).value)
    units = sorted({each.unit for each, _ in rows if each.tier in ("", "tinh")})
    unit = visit.get("unit") or _newest(rows, units)
    if unit is not None and unit not in units:
        raise unknown("unit", "nothing has been imported for this unit")
    period = inputs.period(board, visit, "year")
    return {
        "rows": rows,
        "units": units,
        "unit": unit,
        "today": SUCCESSOR.get(unit or ""),
        "made_of": next((each for each in PROVINCES if each.name == unit and len(each.merged) > 1), None),
        "by_index": _by_index(rows, unit),
        "judged": judged(board, visit, unit, period),
        "period": period,
        "ranked": list(_ranked(rows)),
    }


def _newest(rows: Rows, units: Sequence[str]) -> str | None:
    return next((each.unit for each, _ in rows if each.unit in units), None)


def _by_index(rows: Rows, unit: str | None) -> dict[str, Rows]:
    found: dict[str, list[tuple[Scored, Move | None]]] = {}
    for each, moved in rows:
        if each.unit == unit:
            found.setdefault(each.index, []).append((each, moved))
    return dict(sorted(found.items(), key=lambda item: [*INDICES, item[0]].index(item[0])))


def judged(board: Board, visit: Visit, unit: str | None, period: Period) -> Judged | None:
    """Of the index and year asked for, else of the newest that has criteria."""
    year = inputs.number(visit, "year", FIRST, LAST, 0) or None
    index = visit.get("index")
    every = board.read("index criteria", criteria, SLOW).value
    found = [
        each
        for each in every
        if each.unit == unit and (year is None or each.year == year) and (index is None or each.index == index)
    ]
    if not found:
        return None
    newest = max(found, key=lambda each: each.year)
    chosen = [each for each in found if (each.index, each.year) == (newest.index, newest.year)]
    fed = {kpi for each in chosen for kpi in each.kpis}
    ordered = tuple(sorted(chosen, key=lambda each: (-each.lost, each.criterion)))
    return Judged(newest.index, newest.year, ordered, losses(chosen), _live(board, period, fed))


def _live(board: Board, period: Period, ids: set[str]) -> dict[str, Tile]:
    """The newest version of each."""
    kpis = {kpi.id: kpi for kpi in sorted(CATALOGUE, key=lambda kpi: kpi.version) if kpi.id in ids}
    if not kpis:
        return {}
    return {tile.kpi.id: tile for tile in tiles(board, Scope(period), kpis=list(kpis.values()))}


def _ranked(rows: Rows) -> list[Ranked]:
    groups: dict[tuple[str, str], list[tuple[Scored, Move | None]]] = {}
    for each, moved in rows:
        if each.tier not in ("", "tinh"):
            groups.setdefault((each.index, each.tier), []).append((each, moved))
    return [_group(index, tier, found) for (index, tier), found in sorted(groups.items())]


def _group(index: str, tier: str, found: Rows) -> Ranked:
    year = max(each.year for each, _ in found)
    rows = [row for row in found if row[0].year == year]
    rows.sort(key=lambda row: (row[0].rank is None, row[0].rank or 0, -(row[0].score or 0), row[0].unit))
    return Ranked(index, tier, year, rows, field(rows))

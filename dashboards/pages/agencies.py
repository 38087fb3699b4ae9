"""Agencies side by side, and one of them."""

from typing import Any

from dashboards.agencies import TIERS, Agency, lineage
from dashboards.agencies import unknown as nobodys
from dashboards.api.errors import unknown
from dashboards.board import Board
from dashboards.change import change
from dashboards.figures import Scope
from dashboards.league import FEWEST, Row, few
from dashboards.pages import inputs
from dashboards.pages.closed import restated
from dashboards.pages.period_bar import period_bar
from dashboards.pages.shared import SLOW, comparable, data_at, families, known_agencies, late_counts, league_of
from dashboards.pages.sorting import ordered, sort_of
from dashboards.pages.visit import Visit
from dashboards.pro_forma import Past, past
from dashboards.tally import Group, only, tally, target_of
from dashboards.tiles import tiles
from metrics.catalogue import CATALOGUE, HEADLINE
from metrics.kpi import Kpi
from metrics.period import Period

MOST = 1_000_000
"""Of a target, in whatever unit."""
COLUMNS = {
    "rank": lambda row: row.rank,
    "agency": lambda row: row.agency.name or row.agency.agency,
    "value": lambda row: row.reading.value,
    "numerator": lambda row: row.reading.numerator,
    "denominator": lambda row: row.reading.denominator,
    "change": lambda row: row.change,
}


def league_values(board: Board, visit: Visit) -> dict[str, Any]:
    period, tier = inputs.period(board, visit), inputs.tier(visit)
    kpi = inputs.kpi(visit) if visit.get("kpi") else comparable()[-1]
    league = league_of(board, kpi, period, tier)
    aim, group = target_of(kpi, inputs.decimal(visit, "target", 0, MOST)), inputs.choice(visit, "group", Group)
    sort, find = sort_of(visit, COLUMNS, "rank"), (visit.get("find") or "").casefold()
    listed = only(league, Group(group) if group else None, aim)
    found = [row for row in listed.rows if find in f"{row.agency.name or ''} {row.agency.agency}".casefold()]
    return {
        "bar": period_bar(board, period),
        "kpi": kpi,
        "kpis": [each for each in CATALOGUE if "agency" in each.dimensions()],
        "tier": tier,
        "tiers": TIERS,
        "tally": tally(league, aim),
        "target": aim,
        "group": group,
        "rows": [
            (row, few(row.reading), change(row.reading, row.before, row.turns)) for row in ordered(found, COLUMNS, sort)
        ],
        "sort": sort,
        "fewest": FEWEST,
        "query": {"kpi": kpi.id, "period": period.name, "tier": tier, "target": visit.get("target"), "group": group},
        "data_at": data_at(board),
    }


def agency_values(board: Board, visit: Visit) -> dict[str, Any]:
    period, code = inputs.period(board, visit), visit.get("code") or ""
    known = known_agencies(board, period)
    agency = known.get(code) or uncatalogued(board, period, code)
    children = sorted((each for each in known.values() if each.parent == code), key=lambda each: each.agency)
    shown = tiles(board, Scope(period, code))
    return {
        "bar": period_bar(board, period),
        "agency": agency,
        "above": lineage(known, code)[:0:-1],
        "families": families(shown),
        "restated": restated(board, period, code, (tile.reading for tile in shown)),
        "standing": [standing(board, kpi, period, agency) for kpi in comparable()] if agency.tier else [],
        "kpis": comparable(),
        "children": [(child, [row_of(board, kpi, period, child) for kpi in comparable()]) for child in children],
        "named": known,
        "past": past_of(board, code, period),
        "late": late_counts(board, code),
        "query": {"period": period.name, "agency": code},
        "data_at": data_at(board),
    }


def past_of(board: Board, agency: str, period: Period) -> Past | None:
    return board.read(("past", agency, period), lambda client: past(client, agency, period, HEADLINE), SLOW).value


def uncatalogued(board: Board, period: Period, code: str) -> Agency:
    """One that nobody describes and that counts something all the same."""
    leagues = (league_of(board, kpi, period, None) for kpi in comparable())
    if not any(row.agency.agency == code for league in leagues for row in league.rows):
        raise unknown("agency", "no such agency")
    return nobodys(code)


def row_of(board: Board, kpi: Kpi, period: Period, agency: Agency) -> Row | None:
    """An agency with all below it, beside those of its tier."""
    rows = league_of(board, kpi, period, agency.tier).rows if agency.tier else ()
    return next((row for row in rows if row.agency.agency == agency.agency), None)


def standing(board: Board, kpi: Kpi, period: Period, agency: Agency) -> dict[str, Any]:
    """Where it stands in its tier: rank of how many, and against the year before."""
    row = row_of(board, kpi, period, agency)
    rows = league_of(board, kpi, period, agency.tier).rows
    ranked = sum(each.rank is not None for each in rows)
    return {
        "kpi": kpi,
        "row": row,
        "of": ranked,
        "change": change(row.reading, row.before, row.turns) if row else None,
    }

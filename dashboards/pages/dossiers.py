"""The dossiers behind a number, those that are late, and one of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dashboards.api.errors import unknown
from dashboards.api.lists.late import LateAsked
from dashboards.board import Board
from dashboards.dossier import Dossier, dossier
from dashboards.figures import Scope
from dashboards.late import Window
from dashboards.names import service_names
from dashboards.pages import inputs
from dashboards.pages.lists import listed
from dashboards.pages.period_bar import period_bar
from dashboards.pages.shared import SLOW, data_at, known_agencies, late_counts
from dashboards.pages.visit import Visit
from dashboards.tiles import figures
from metrics.civil import civil
from metrics.kpi import Kpi, Ratio
from metrics.period import FORMS_BY_NAME, parse
from metrics.readings.prose import condition
from metrics.terms import JUDGED, Total
from metrics.words import Text


def behind_values(board: Board, visit: Visit) -> dict[str, Any]:
    kpi, period = inputs.kpi(visit), inputs.period(board, visit)
    known = known_agencies(board, period)
    return {
        "bar": period_bar(board, period),
        "kpi": kpi,
        "reading": figures(board, Scope(period, visit.get("agency")), [kpi])[kpi],
        "wants": wants(kpi),
        "ratio": isinstance(kpi.formula, Ratio),
        "listing": listed(board, visit, "dossiers", period=period.name),
        "agencies": known,
        "services": names(board),
        "channels": ("1", "2", "3", "?"),
        "data_at": data_at(board),
    }


def wants(kpi: Kpi) -> Text | None:
    """What the numerator asks of a dossier beyond the denominator."""
    part = next(kpi.terms())
    if isinstance(part, Total):
        return condition(part.measure.where)
    return condition(part.where) if isinstance(part, JUDGED) else None


def late_values(board: Board, visit: Visit) -> dict[str, Any]:
    listing = listed(board, visit, "late", window=Window.OVERDUE)
    if not isinstance(listing.asked, LateAsked):
        raise TypeError
    today = parse(FORMS_BY_NAME["day"](civil(board.now()).date()))
    return {
        "window": listing.asked.window,
        "late": late_counts(board, listing.asked.agency),
        "listing": listing,
        "agencies": known_agencies(board, today),
        "services": names(board),
        "data_at": data_at(board),
    }


def names(board: Board) -> Mapping[str, str]:
    return board.read("service names", service_names, SLOW).value


def found(board: Board, code: str, *, judged: bool) -> Dossier | None:
    key = ("dossier" if judged else "lookup", code)
    return board.read(key, lambda client: dossier(client, code, judged=judged)).value


def one_values(board: Board, visit: Visit) -> dict[str, Any]:
    one = found(board, visit.get("code") or "", judged=True)
    if one is None:
        raise unknown("dossier", "no such dossier")
    return {"one": one}


def lookup_values(board: Board, visit: Visit) -> dict[str, Any]:
    """For everybody: steps and due date, and nothing of anyone."""
    code = (visit.get("ma") or "").strip()
    one = found(board, code, judged=False) if code else None
    return {"code_asked": code, "one": one, "overdue": bool(one and is_overdue(one, board.now()))}


def is_overdue(one: Dossier, now: datetime) -> bool:
    return one.item.resolved_at is None and one.item.due_at is not None and one.item.due_at < now

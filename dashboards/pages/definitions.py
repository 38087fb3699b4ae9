"""Every definition of a family on one sheet, or those of several families that answer the same question."""

from collections.abc import Mapping
from typing import Any

from dashboards import definitions
from dashboards.board import Board
from dashboards.figures import Scope
from dashboards.pages import inputs
from dashboards.pages.period_bar import period_bar
from dashboards.pages.shared import data_at, known_agencies
from dashboards.pages.visit import Visit
from metrics.catalogue import FAMILIES
from metrics.kpi import TRUSTED
from metrics.questions import QUESTIONS

FORM = "vpcp06a"
FIRST = FAMILIES[1].id
"""The overview has the headline."""


def values(board: Board, visit: Visit) -> Mapping[str, Any]:
    families = {each.id: each for each in FAMILIES}
    chosen = inputs.choice(visit, "family", tuple(families)) or FIRST
    scope = Scope(inputs.period(board, visit), visit.get("agency"))
    sheet = definitions.of(board, scope, families[chosen])
    return {
        **_common(board, scope),
        "family": families[chosen],
        "families": FAMILIES,
        "sheet": sheet,
        "identities": definitions.identities(sheet) if chosen == FORM else [],
        "query": {"period": scope.period.name, "agency": scope.agency, "family": chosen},
    }


def compared(board: Board, visit: Visit) -> Mapping[str, Any]:
    """One question at a time: each costs the store a while."""
    scope = Scope(inputs.period(board, visit), visit.get("agency"))
    chosen = inputs.choice(visit, "question", QUESTIONS) or next(iter(QUESTIONS))
    return {
        **_common(board, scope),
        "questions": QUESTIONS,
        "chosen": chosen,
        "sheet": definitions.side_by_side(board, scope, QUESTIONS[chosen]),
        "families": FAMILIES,
    }


def _common(board: Board, scope: Scope) -> dict[str, Any]:
    known = known_agencies(board, scope.period)
    return {
        "bar": period_bar(board, scope.period),
        "agency": known.get(scope.agency) if scope.agency else None,
        "trusted": TRUSTED,
        "data_at": data_at(board),
    }

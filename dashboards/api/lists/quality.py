"""Dossiers that fail a check, and lines that could not be read."""

from dashboards.api.errors import unknown
from dashboards.api.given import Asked, Code, PeriodName
from dashboards.api.listed import Cut, Part
from dashboards.api.models import DossierItem, facts
from dashboards.api.paging import cursor, place
from dashboards.api.shapes import DeadItem
from dashboards.quality import CHECKS, Check, failing, letters
from metrics.period import parse


class FailingAsked(Asked):
    check: Code
    period: PeriodName


class DeadAsked(Asked):
    kind: Code | None = None
    reason: Code | None = None


def failing_rows(asked: FailingAsked, cut: Cut) -> Part[DossierItem]:
    after = str(place(cut.cursor, str)[0]) if cut.cursor is not None else ""
    items, more = failing(cut.client, check_named(asked.check), parse(asked.period), after, cut.limit)
    return Part([DossierItem(**facts(item)) for item in items], more and cursor([more]))


def check_named(name: str) -> Check:
    for check in CHECKS:
        if check.id == name:
            return check
    raise unknown("check", f"no such check; there are {', '.join(check.id for check in CHECKS)}")


def dead_rows(asked: DeadAsked, cut: Cut) -> Part[DeadItem]:
    after = place(cut.cursor, str, int) if cut.cursor is not None else ("", 0)
    found, more = letters(cut.client, asked.kind, asked.reason, (str(after[0]), int(after[1])), cut.limit)
    return Part([DeadItem.model_validate(letter) for letter in found], more and cursor(more))

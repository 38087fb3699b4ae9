"""Dossiers that are late or soon will be."""

from typing import Annotated

from pydantic import Field

from dashboards.api.given import Asked, Code
from dashboards.api.listed import Cut, Part
from dashboards.api.paging import cursor, moment, place
from dashboards.api.shapes import LateItem
from dashboards.late import Asked as LateOnes
from dashboards.late import Place, Window, late


class LateAsked(Asked):
    window: Annotated[Window, Field(description="overdue, or due from now within 24 hours, 3 or 7 working days")]
    agency: Code | None = None


def late_rows(asked: LateAsked, cut: Cut) -> Part[LateItem]:
    page = late(cut.client, LateOnes(asked.window, cut.now, asked.agency), _after(cut.cursor), cut.limit)
    more = cursor([page.next.due_at.isoformat(), page.next.dossier]) if page.next else None
    return Part([LateItem.of(found) for found in page.items], more)


def _after(given: str | None) -> Place | None:
    if given is None:
        return None
    due_at, dossier = place(given, str, str)
    return Place(moment(str(due_at)), str(dossier))

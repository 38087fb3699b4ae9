"""The working calendar, a year at a time."""

from calendar import MONDAY, Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.board import Board
from dashboards.calendar import Decision, of_year
from dashboards.pages import inputs
from dashboards.pages.visit import Visit
from metrics.calendar import FIRST_DAY, LAST_DAY, SATURDAY, Kind
from metrics.civil import civil
from metrics.period import parse

SIGNS = {"off": "●", "work": "+", "half-morning": "½", "half-afternoon": "½", "weekend": "", "usual": ""}
"""State is a colour and a sign; weekends and usual days need none."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a month's table."""

    day: date
    state: str
    sign: str
    decision: Decision | None
    today: bool


def values(board: Board, visit: Visit) -> Mapping[str, Any]:
    today = civil(board.now()).date()
    year = inputs.number(visit, "year", FIRST_DAY.year, LAST_DAY.year, today.year)
    found = board.read(("calendar", year), lambda client: of_year(client, year)).value
    decided = {each.day: each for each in found.days}
    kinds = {each.kind for each in found.days}
    return {
        "year": found,
        "before": year - 1 if year > FIRST_DAY.year else None,
        "after": year + 1 if year < LAST_DAY.year else None,
        "months": [(parse(f"{year}-{month:02}"), weeks(year, month, decided, today)) for month in range(1, 13)],
        "legend": [(state, sign) for state, sign in SIGNS.items() if not sign or state in kinds],
    }


def weeks(year: int, month: int, decided: Mapping[date, Decision], today: date) -> list[list[Cell | None]]:
    """Monday to Sunday; None stands for days of other months."""
    rows = Calendar(MONDAY).monthdatescalendar(year, month)
    return [[cell(day, decided.get(day), today) if day.month == month else None for day in row] for row in rows]


def cell(day: date, decision: Decision | None, today: date) -> Cell:
    usual = "weekend" if day.weekday() >= SATURDAY else "usual"
    state = usual if decision is None or decision.kind is Kind.USUAL else decision.kind.value
    return Cell(day, state, SIGNS[state], decision, day == today)

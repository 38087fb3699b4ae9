"""The bar that a page about a period begins with: which it is, the ones beside it, the other kinds."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dashboards.board import Board
from dashboards.closing.closes import Close
from dashboards.pages.closed import close_on
from dashboards.spans import after, before, form
from metrics.breaks import Break, within
from metrics.civil import civil
from metrics.period import EVERY_FORM, FORMS_BY_NAME, Period


class Tense(StrEnum):
    """Where today stands to the period."""

    RUNNING = "running"
    OVER = "over"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class PeriodBar:
    period: Period
    kind: str
    before: Period | None
    after: Period | None
    kinds: tuple[tuple[str, str], ...]
    """Each kind, and the name of its period around the same days."""
    others: tuple[tuple[str, str], ...]
    """Half-years, nine months, and the periods of reports."""
    tense: Tense
    close: Close | None
    breaks: tuple[Break, ...] = ()
    """What makes the period itself two parts that mean different things."""


def period_bar(board: Board, period: Period) -> PeriodBar:
    today = civil(board.now()).date()
    around = min(max(period.first, today), period.last)
    names = tuple((kind, name(around)) for kind, name in EVERY_FORM.items())
    return PeriodBar(
        period,
        form(period),
        before(period),
        after(period),
        names[: len(FORMS_BY_NAME)],
        names[len(FORMS_BY_NAME) :],
        _tense(period, today),
        close_on(board, period),
        within(period.first, period.last),
    )


def _tense(period: Period, today: date) -> Tense:
    if today > period.last:
        return Tense.OVER
    return Tense.RUNNING if today >= period.first else Tense.FUTURE

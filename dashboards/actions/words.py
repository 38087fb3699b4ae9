"""Actions in words, both languages."""

from decimal import Decimal

from metrics.actions.action import Action
from metrics.alerting.subject import SUBJECTS
from metrics.display import AFTER
from metrics.kpi import Better
from metrics.words import Text


def aim(action: Action) -> Text | None:
    """`Hồ sơ nộp trực tuyến: ít nhất 50 %`; None where it names no KPI that there is."""
    about = SUBJECTS.get(action.kpi or "")
    if about is None or about.kpi is None:
        return None
    if action.target is None:
        return about.title
    least = about.kpi.better is Better.HIGHER
    turn = Text(": ít nhất ", ": at least ") if least else Text(": nhiều nhất ", ": at most ")
    size = number(action.target)
    return about.title + turn + Text(size, size) + AFTER[about.unit]


def number(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")

"""What the address of a page may say, read strictly: a wrong value is told, never guessed."""

from collections.abc import Iterable

from dashboards.agencies import TIERS
from dashboards.api.errors import Wrong, unknown
from dashboards.api.given import kpi_named
from dashboards.board import Board
from dashboards.pages.visit import Visit
from metrics.civil import civil
from metrics.kpi import Kpi
from metrics.period import FORMS_BY_NAME, Period, parse


def period(board: Board, visit: Visit, form: str = "month") -> Period:
    """The one asked for, else the one that today lies in."""
    name = visit.get("period")
    return parse(name if name is not None else FORMS_BY_NAME[form](civil(board.now()).date()))


def choice(visit: Visit, name: str, choices: Iterable[str]) -> str | None:
    value, known = visit.get(name), tuple(choices)
    if value is not None and value not in known:
        raise Wrong(name, f"write one of {', '.join(known)}")
    return value


def flag(visit: Visit, name: str) -> bool | None:
    given = choice(visit, name, ("true", "false"))
    return None if given is None else given == "true"


def number(visit: Visit, name: str, least: int, most: int, usual: int) -> int:
    given = visit.get(name)
    if given is None:
        return usual
    if not (given.isascii() and given.isdigit() and least <= int(given) <= most):
        raise Wrong(name, f"write a number from {least} to {most}")
    return int(given)


def decimal(visit: Visit, name: str, least: float, most: float) -> float | None:
    """A number with a decimal comma or point."""
    given = visit.get(name)
    if not given:
        return None
    try:
        number = float(given.replace(",", "."))
    except ValueError:
        number = least - 1
    if not least <= number <= most:
        raise Wrong(name, f"write a number from {least} to {most}")
    return number


def kpi(visit: Visit) -> Kpi:
    name = visit.get("kpi")
    if name is None:
        raise unknown("kpi", "no such KPI")
    return kpi_named(name)


def tier(visit: Visit) -> str | None:
    return choice(visit, "tier", TIERS)

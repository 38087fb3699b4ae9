"""The calendar on a terminal: for people in Vietnamese, for scripts as JSON."""

from collections.abc import Iterable, Sequence
from datetime import date

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dashboards.api.calendar import CalendarItem
from dashboards.calendar import Change, Decision, HoursDecision, Year
from deploy.output import say_json, tell
from metrics.calendar import Kind
from metrics.civil import civil
from metrics.words import CODES

WEEKDAYS = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "CN")


def show_year(year: Year, *, pure_json: bool) -> None:
    if pure_json:
        say_json(CalendarItem.of(year).model_dump(mode="json"))
        return
    undecided = " – TẠM TÍNH: chưa ai quyết định về năm này" if year.provisional else ""
    rows = [(_day(each.day), _kind(each), _day(each.swap), each.name.vi, each.why) for each in year.days]
    title = f"Lịch làm việc {year.year}: {year.working_days} ngày làm việc{undecided}"
    _draw(title, ("Ngày", "Tình trạng", "Hoán đổi với", "Dịp", "Căn cứ"), rows)
    for each in year.hours:
        tell(f"giờ làm việc từ {_day(each.valid_from)}: {each.hours} ({each.why})")


def show_history(days: Sequence[Change], hours: Sequence[HoursDecision], *, pure_json: bool) -> None:
    """Oldest first."""
    rows = sorted([*map(_of_day, days), *map(_of_hours, hours)], key=lambda row: row["at"])
    if pure_json:
        say_json(rows)
    else:
        titles = ("Lúc", "Ai", "Ngày", "Trước", "Sau", "Hoán đổi với", "Căn cứ")
        _draw("Các lần thay đổi lịch làm việc", titles, [tuple(row.values()) for row in rows])


def _of_day(change: Change) -> dict[str, str]:
    now, before = change.now, change.before
    return {
        "at": civil(now.at).isoformat(timespec="milliseconds"),
        "actor": now.actor,
        "day": now.day.isoformat(),
        "old": _held(before) if before else Kind.USUAL.value,
        "new": _held(now),
        "swap": now.swap.isoformat() if now.swap else "",
        "why": now.why,
    }


def _held(each: Decision) -> str:
    return each.kind.value + (" (provisional)" if each.provisional else "")


def _of_hours(each: HoursDecision) -> dict[str, str]:
    at = civil(each.at).isoformat(timespec="milliseconds")
    day, hours = each.valid_from.isoformat(), str(each.hours)
    return {"at": at, "actor": each.actor, "day": day, "old": "", "new": hours, "swap": "", "why": each.why}


def _kind(each: Decision) -> str:
    return CODES["day"][each.kind].vi + (" (tạm tính)" if each.provisional else "")


def _day(day: date | None) -> str:
    return f"{WEEKDAYS[day.weekday()]:>3} {day:%d/%m/%Y}" if day else ""


def _draw(title: str, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    drawn = Table(title=title, title_justify="left")
    for place, name in enumerate(titles):
        drawn.add_column(name, no_wrap=place == 0, overflow="fold")
    for row in rows:
        drawn.add_row(*map(Text, row))
    Console().print(drawn)

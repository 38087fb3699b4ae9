"""What periods and moments are called, in both languages."""

from datetime import date, datetime, timedelta

from dashboards.spans import form
from dashboards.texts import Lang, say
from metrics.civil import civil
from metrics.display import count
from metrics.months import OTHERS, Months
from metrics.period import Period, parse

MORE = {each.kind: each for each in OTHERS}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def period_name(period: Period, lang: Lang) -> str:
    """`Tháng 11/2026`, `November 2026`; a period that is no whole one is called by its days."""
    first = period.first
    kind = form(period) if not _cut(period) else ""
    english = lang is Lang.EN
    match kind:
        case "day":
            return day_name(first) if english else f"Ngày {day_name(first)}"
        case "week":
            year, week, _ = first.isocalendar()
            return f"Week {week}, {year}" if english else f"Tuần {week}/{year}"
        case "month":
            return f"{MONTHS[first.month - 1]} {first.year}" if english else f"Tháng {first.month}/{first.year}"
        case "quarter":
            quarter = (first.month + 2) // 3
            return f"Quarter {quarter}, {first.year}" if english else f"Quý {quarter}/{first.year}"
        case "year":
            return f"{first.year}" if english else f"Năm {first.year}"
        case _:
            return _of_months(period, MORE[kind], lang) if kind in MORE else days_name(period)


def _of_months(period: Period, kind: Months, lang: Lang) -> str:
    """`6 tháng đầu năm 2026`; one of reports with its days, so that nobody takes it for the calendar's."""
    year, part = period.last.year, (period.last.month - 1) // kind.months + 1
    named = say(f"{kind.kind}_{part}_name" if kind.kind == "half" else f"{kind.kind}_name", lang, n=part, year=year)
    return f"{named} ({days_name(period)})" if kind.reports else named


def _cut(period: Period) -> bool:
    """Whether it ends before the period of its name does."""
    return parse(period.name) != period


def days_name(period: Period) -> str:
    """`1/10 – 22/10/2026`."""
    first, last = period.first, period.last
    if first == last:
        return day_name(first)
    begin = f"{first.day}/{first.month}" if first.year == last.year else day_name(first)
    return f"{begin} – {day_name(last)}"


def day_name(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def short_name(period: Period) -> str:
    """For the axis of a chart."""
    first, kind = period.first, form(period)
    if kind in MORE:
        return f"{period.name[5:]}/{period.last.year}"
    match kind:
        case "day":
            return f"{first.day}/{first.month}"
        case "week":
            return f"T{first.isocalendar()[1]}"
        case "month":
            return f"{first.month}/{first.year}"
        case "quarter":
            return f"Q{(first.month + 2) // 3}/{first.year}"
        case _:
            return f"{first.year}"


def moment_name(moment: datetime | None) -> str:
    """`22/11/2026 21:40`, by the clock of Viet Nam."""
    if moment is None:
        return "–"
    here = civil(moment)
    return f"{day_name(here)} {here:%H:%M}"


def clock_name(moment: datetime, today: date) -> str:
    """`21:40:05`, with the day in front if it is another one."""
    here = civil(moment)
    return f"{here:%H:%M:%S}" if here.date() == today else f"{here.day}/{here.month} {here:%H:%M}"


def span_name(span: timedelta, lang: Lang) -> str:
    """`3 ngày`, or hours where it is less than a day; whole ones that have passed."""
    if span >= timedelta(days=1):
        return say("days", lang, n=count(span.days))
    return say("hours", lang, n=span // timedelta(hours=1))

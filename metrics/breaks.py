"""Where figures stop being comparable: the days on whose two sides the same name means different things.

A *break* on a day lies between the day before and that day. Whoever sets two periods side by side, or draws a line
through several, asks here first and shows the answer instead of a difference.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from metrics.kpi import Kpi
from metrics.period import Period
from metrics.words import Text, joined

REFORM = date(2025, 7, 1)
"""63 provinces became 34 and districts ended (QĐ 19/2025/QĐ-TTg): neither agencies nor levels mean the same."""


class Why(StrEnum):
    """What changed on the day."""

    REFORM = "reform"
    DEFINITION = "definition"
    UNIT_BEGAN = "unit_began"
    UNIT_ENDED = "unit_ended"
    TOOK_OVER = "took_over"
    GAVE_AWAY = "gave_away"


REASONS = {
    Why.REFORM: Text("sắp xếp đơn vị hành chính {day}", "the administrative reform of {day}"),
    Why.DEFINITION: Text("định nghĩa thay đổi từ {day}", "the definition changed on {day}"),
    Why.UNIT_BEGAN: Text("đơn vị bắt đầu từ {day}", "the agency began on {day}"),
    Why.UNIT_ENDED: Text("đơn vị không còn từ {day}", "the agency was no more from {day}"),
    Why.TOOK_OVER: Text("đơn vị nhận phần việc của đơn vị khác từ {day}", "the agency took over others on {day}"),
    Why.GAVE_AWAY: Text("đơn vị giao phần việc cho đơn vị khác từ {day}", "the agency gave work away on {day}"),
}


@dataclass(frozen=True, slots=True, order=True)
class Break:
    """`day` is the first of the new side."""

    day: date
    why: Why

    @property
    def reason(self) -> Text:
        words, day = REASONS[self.why], f"{self.day.day}/{self.day.month}/{self.day.year}"
        return Text(words.vi.format(day=day), words.en.format(day=day))


def between(one: Period, other: Period, kpi: Kpi | None = None, unit: Iterable[Break] = ()) -> tuple[Break, ...]:
    """Everything that keeps two periods of an agency from being compared, by day; empty where they may be.

    `unit` is what happened to the agency itself (metrics/succession.py); none for the whole province.
    A break inside one of the periods counts: that period is itself made of two parts.
    """
    return within(min(one.first, other.first), max(one.last, other.last), kpi, unit)


def within(first: date, last: date, kpi: Kpi | None = None, unit: Iterable[Break] = ()) -> tuple[Break, ...]:
    """The breaks of a span of days, both included; one on its first day is not inside it."""
    known = {Break(REFORM, Why.REFORM), *definition(kpi), *unit}
    return tuple(sorted(each for each in known if first < each.day <= last))


def parts(period: Period, kpi: Kpi | None = None) -> tuple[Period, ...]:
    """The spans between the breaks inside a period, each under its name; the period itself where nothing breaks it."""
    firsts = [period.first, *sorted({each.day for each in within(period.first, period.last, kpi)})]
    lasts = [*(day - timedelta(days=1) for day in firsts[1:]), period.last]
    return tuple(Period(period.name, first, last) for first, last in zip(firsts, lasts, strict=True))


def definition(kpi: Kpi | None) -> tuple[Break, ...]:
    """When what the KPI is defined by came into force, and the day after it ended."""
    if kpi is None:
        return ()
    begun, ended = kpi.source.in_force
    days = (begun, None if ended is None else ended + timedelta(days=1))
    return tuple(Break(day, Why.DEFINITION) for day in days if day is not None)


def sentence(found: Iterable[Break]) -> Text:
    """Said where a difference would stand; only for a break there is."""
    reasons = joined([each.reason for each in found], "; ", "; ")
    return Text("không so sánh được: ", "not comparable: ") + reasons

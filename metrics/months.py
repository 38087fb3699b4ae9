"""Periods of whole months: the calendar's, and those of official reports, which close on the 14th.

A *reporting* month runs from the 15th of the month before to its own 14th, and quarters, half-years, nine months and
years are made of such months (domain rule of provinces; the general act was not read). `2026-Q3` is the calendar's
quarter, `2026-BCQ3` the reporting one (BC: báo cáo): both are called "Quý III", and nobody may take one for the other.
"""

from dataclasses import dataclass
from datetime import date, timedelta

BEFORE_THE_15TH = timedelta(days=14)
YEAR = 12


def _month(number: int) -> tuple[int, int]:
    """Year and month of a number: months since the year 0."""
    return number // YEAR, number % YEAR + 1


@dataclass(frozen=True, slots=True)
class Months:
    """A kind of period. `mark` is what stands between the year and the number of the part; nine months have none."""

    kind: str
    months: int
    mark: str
    digits: int = 1
    reports: bool = False

    @property
    def pattern(self) -> str:
        """Of its names, with the year and, where a year has several, the number of the part."""
        return rf"(\d{{4}}){self.mark}" + (rf"(\d{{{self.digits}}})" if self._parts > 1 else "")

    @property
    def whole_year(self) -> bool:
        """Whether such periods lie one after the other without a gap."""
        return YEAR % self.months == 0

    def span(self, year: int, part: int = 1) -> tuple[date, date]:
        """First and last day; ValueError where a year has no such part."""
        if not 1 <= part <= self._parts:
            raise ValueError(part)
        begun = year * YEAR + (part - 1) * self.months
        if self.reports:
            return date(*_month(begun - 1), 15), date(*_month(begun + self.months - 1), 14)
        return date(*_month(begun), 1), date(*_month(begun + self.months), 1) - timedelta(days=1)

    def name(self, day: date) -> str:
        """Of the period that the day lies in; after the ninth month that of the year's nine months."""
        year, month = _month(self._month_of(day))
        part = f"{(month - 1) // self.months + 1:0{self.digits}d}" if self._parts > 1 else ""
        return f"{year:04d}{self.mark}{part}"

    def number(self, day: date) -> int:
        """Tells the periods of a kind apart; -1 for a day in none."""
        month = self._month_of(day)
        if self.whole_year:
            return month // self.months
        return month // YEAR if month % YEAR < self.months else -1

    @property
    def number_sql(self) -> str:
        """The same of the column `day`."""
        day = f"(day - {BEFORE_THE_15TH.days})" if self.reports else "day"
        month = f"(toYear({day}) * {YEAR} + toMonth({day}) - {0 if self.reports else 1})"
        if self.whole_year:
            return f"intDiv({month}, {self.months})"
        return f"if({month} % {YEAR} < {self.months}, intDiv({month}, {YEAR}), -1)"

    @property
    def _parts(self) -> int:
        return YEAR // self.months

    def _month_of(self, day: date) -> int:
        """A reporting month is called after the month that it ends in."""
        shifted = day - BEFORE_THE_15TH if self.reports else day
        return shifted.year * YEAR + shifted.month - (0 if self.reports else 1)


CALENDAR = (Months("year", 12, ""), Months("quarter", 3, "-Q"), Months("month", 1, "-", 2))
OTHERS = (
    Months("half", 6, "-H"),
    Months("nine_months", 9, "-9M"),
    Months("report_month", 1, "-BC", 2, reports=True),
    Months("report_quarter", 3, "-BCQ", reports=True),
    Months("report_half", 6, "-BCH", reports=True),
    Months("report_nine_months", 9, "-BC9M", reports=True),
    Months("report_year", 12, "-BC", reports=True),
)
BY_KIND = {each.kind: each for each in (*CALENDAR, *OTHERS)}

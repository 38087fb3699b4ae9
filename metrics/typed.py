"""What a cell of an imported table says: read strictly, and every problem of a line is noted beside its place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
DAYS = (
    re.compile(r"(?P<year>\d{4})-?(?P<month>\d{2})-?(?P<day>\d{2})"),
    re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A row by the names of its columns; `problems` is the list that all lines of a file share."""

    place: str
    fields: Mapping[str, str]
    problems: list[str] = field(default_factory=list, compare=False)

    def wrong(self, problem: str) -> None:
        self.problems.append(f"{self.place}: {problem}")

    def text(self, name: str) -> str:
        """Required."""
        value = self.maybe(name)
        if value is None:
            self.wrong(f"{name} is missing")
        return value or ""

    def maybe(self, name: str) -> str | None:
        return self.fields.get(name, "").strip() or None

    def number(self, name: str) -> Decimal | None:
        """With a decimal comma or point, and no other sign: 81,51 or 81.51. None where the cell is empty."""
        value = self.maybe(name)
        if value is None:
            return None
        if not NUMBER.fullmatch(value):
            self.wrong(f"{name}: {value!r} is no number; write 81,51")
            return None
        return Decimal(value.replace(",", "."))

    def whole(self, name: str) -> int | None:
        value = self.number(name)
        if value is not None and value != value.to_integral_value():
            self.wrong(f"{name}: {self.maybe(name)!r} is no whole number")
            return None
        return None if value is None else int(value)

    def day(self, name: str) -> date | None:
        """As `day_of` reads it."""
        value = self.maybe(name)
        if value is None:
            return None
        found = day_of(value)
        if found is None:
            self.wrong(f"{name}: {value!r} is no date; write 2025-07-01 or 1/7/2025")
        return found


def day_of(text: str) -> date | None:
    """2025-07-01, 20250701 or 1/7/2025; None where it is no date."""
    for form in DAYS:
        if found := form.fullmatch(text.strip()):
            try:
                return date(*(int(found[part]) for part in ("year", "month", "day")))
            except ValueError:
                return None
    return None

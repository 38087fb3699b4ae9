"""What is typed about the calendar, read strictly: a value, or ValueError with the problem."""

import re
from datetime import date

from metrics.calendar import FIRST_DAY, LAST_DAY, Hours, Kind

LONGEST = 300
HOURS = "07:00-11:30,13:30-17:00"
TWO_SPANS = re.compile(r"(\d\d?):([0-5]\d)-(\d\d?):([0-5]\d), ?(\d\d?):([0-5]\d)-(\d\d?):([0-5]\d)", re.ASCII)
MIDNIGHT = 24 * 3600


def day(text: str | None) -> date:
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        raise ValueError(f"write a day as {LAST_DAY.replace(year=2026)}") from None
    if not FIRST_DAY <= found <= LAST_DAY:
        raise ValueError(f"the calendar goes from {FIRST_DAY} to {LAST_DAY}")
    return found


def year(text: str | None) -> int:
    if not re.fullmatch(r"20\d\d", text or "", re.ASCII):
        raise ValueError(f"write a year from {FIRST_DAY.year} to {LAST_DAY.year}")
    return int(text or "")


def kind(text: str | None) -> Kind:
    if text not in set(Kind):
        raise ValueError(f"one of {', '.join(Kind)}")
    return Kind(text)


def hours(text: str | None) -> Hours:
    found = TWO_SPANS.fullmatch(text or "")
    if not found:
        raise ValueError(f"write hours as {HOURS}")
    parts = [int(part) for part in found.groups()]
    bounds = [3600 * hour + 60 * minute for hour, minute in zip(parts[::2], parts[1::2], strict=True)]
    if bounds != sorted(set(bounds)) or bounds[-1] > MIDNIGHT:
        raise ValueError("each of the four times has to be later than the one before, and none after 24:00")
    return Hours(*bounds)


def why(text: str | None) -> str:
    if not text or not text.strip() or len(text) > LONGEST or not text.isprintable():
        raise ValueError(
            f"say it in one line of at most {LONGEST} characters: the decision, such as its number and date"
        )
    return text.strip()

"""What a table says of a time becomes a moment or a date of civil time."""

from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from metrics.civil import CIVIL, civil
from metrics.errors import Rejected

HOME = "Asia/Ho_Chi_Minh"
ISO = "iso"
_SAYS_TIME = ("%H", "%I", "%X", "%c", "%T")


@dataclass(frozen=True, slots=True)
class Times:
    """`formats` are tried in order: strptime's, or iso. `zone` is of those that say no offset.

    `at` is the time of day of those that say none; without it they are no moments: nobody guesses when a day ends.
    Spreadsheets and databases write a day as its midnight: where there is an `at`, so it is read.
    """

    formats: tuple[str, ...]
    zone: tzinfo
    at: time | None

    def read(self, value: Any) -> datetime:
        """In civil time. Raises Rejected."""
        if isinstance(value, datetime):
            is_day = self.at is not None and value.time() == time.min
            return self._civil(datetime.combine(value, self._time_of_day(), value.tzinfo) if is_day else value)
        if isinstance(value, date):
            return self._civil(datetime.combine(value, self._time_of_day()))
        return self._civil(_parsed(self, str(value)))

    def _civil(self, said: datetime) -> datetime:
        try:
            return civil(said if said.tzinfo else said.replace(tzinfo=self.zone))
        except OverflowError:
            raise Rejected("a time beyond all years") from None

    def _time_of_day(self) -> time:
        if self.at is None:
            raise Rejected("says no time of day; say in the mapping what it means, such as at = '17:00:00'")
        return self.at

    def text(self, text: str) -> datetime:
        for form in self.formats:
            try:
                said = datetime.fromisoformat(text) if form == ISO else datetime.strptime(text, form)  # noqa: DTZ007
            except ValueError:
                continue
            whole = ":" in text or "T" in text if form == ISO else any(sign in form for sign in _SAYS_TIME)
            return said if whole else datetime.combine(said.date(), self._time_of_day(), said.tzinfo)
        raise Rejected(f"no time of the form {' or '.join(self.formats)}")


@lru_cache(maxsize=65_536)
def _parsed(times: Times, text: str) -> datetime:
    return times.text(text)


def zone_of(name: str) -> tzinfo:
    """Raises KeyError, OSError or ValueError for what is none."""
    return CIVIL if name == HOME else ZoneInfo(name)


def written(moment: datetime, form: str) -> str:
    """`moment`, `date`, or a form of strftime."""
    if form == "moment":
        return f"{moment:%Y%m%d%H%M%S}".zfill(14)
    return f"{moment:%Y%m%d}".zfill(8) if form == "date" else moment.strftime(form)

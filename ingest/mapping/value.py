"""One named value of a row: which column, and what is made of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ingest.kept import digest
from ingest.mapping.said import Codes, DatedSaid
from ingest.mapping.times import Times, written
from metrics.errors import Rejected

Row = Mapping[str, Any]
"""Column → text, number, date, datetime or nothing."""

SHORT = re.compile(r"[0-9]{1,4}").fullmatch
"""Codes that may be shown where they are not known: too short to be anybody's number."""
TOLD_APART = 3
"""Hexadecimal digits by which other unknown codes are counted apart: too few to find out what was written."""


@dataclass(frozen=True, slots=True)
class Value:
    """In this order: nothing becomes `empty`; the group of `match` is taken; it is a time, or one of `codes`.

    A code that is not listed, or not on the day that the value `on` tells, becomes `other`, or the row is rejected.
    `pad`: zeros before it, up to so many signs.
    """

    name: str
    column: str
    empty: str | None
    match: re.Pattern[str] | None
    times: Times | None
    form: str
    codes: Codes | None
    on: str
    other: str | None
    pad: int

    def of(self, row: Row, day: str | None = None) -> str | None:
        """None where there is nothing. Raises Rejected, which shows nothing of the row but a short code.

        `day`: the value `on`, a moment or date in national form.
        """
        given = row.get(self.column)
        try:
            return self._made(given, day) or None
        except Rejected as reason:
            raise Rejected(f"{self.name} (column {self.column}): {reason}") from None

    def _made(self, given: Any, day: str | None) -> str | None:
        if given is None or given == "" or (isinstance(given, str) and not given.strip()):
            return self.empty
        if self.times is not None and isinstance(given, date):
            return written(self.times.read(given), self.form)
        text = self._matched(plain(given))
        if self.times is not None:
            return written(self.times.read(text), self.form)
        return self._coded(text, day).zfill(self.pad)

    def _matched(self, text: str) -> str:
        if self.match is None:
            return text
        found = self.match.fullmatch(text)
        if found is None:
            raise Rejected(f"not of the form {self.match.pattern}")
        return found[self.match.groups] or ""

    def _coded(self, text: str, day: str | None) -> str:
        if self.codes is None:
            return text
        meant = self.codes.get(text, ())
        code = meant if isinstance(meant, str) else next((one.code for one in meant if _holds(one, day)), self.other)
        if code is None:
            when = f" on {day[:8]}" if meant and day else ""
            raise Rejected(f"a code that the mapping does not know{when} ({_shown(text)}); add it there")
        return code


def _holds(dated: DatedSaid, day: str | None) -> bool:
    """A day that is not told lies between no edges."""
    if day is None:
        return dated.since is None and dated.until is None
    since, until = (f"{edge:%Y%m%d}" if edge else "" for edge in (dated.since, dated.until))
    return since <= day[:8] and (not until or day[:8] <= until)


def _shown(code: str) -> str:
    return code if SHORT(code) else f"#{digest(code.encode(errors='surrogateescape'))[:TOLD_APART]}"


def plain(value: Any) -> str:
    """As it would be written: 1.0 from a spreadsheet is 1."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return str(value).strip()

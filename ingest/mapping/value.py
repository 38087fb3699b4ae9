"""One named value of a row: which column, and what is made of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ingest.mapping.times import Times, written
from metrics.errors import Rejected

Row = Mapping[str, Any]
"""Column → text, number, date, datetime or nothing."""

SHORT = re.compile(r"[0-9]{1,4}").fullmatch
"""Codes that may be shown where they are not known: too short to be anybody's number."""


@dataclass(frozen=True, slots=True)
class Value:
    """In this order: nothing becomes `empty`; the group of `match` is taken; it is a time, or one of `codes`.

    A code that is not listed becomes `other`, or the row is rejected. `pad`: zeros before it, up to so many signs.
    """

    name: str
    column: str
    empty: str | None
    match: re.Pattern[str] | None
    times: Times | None
    form: str
    codes: Mapping[str, str] | None
    other: str | None
    pad: int

    def of(self, row: Row) -> str | None:
        """None where there is nothing. Raises Rejected, which shows nothing of the row but a short code."""
        given = row.get(self.column)
        try:
            return self._made(given) or None
        except Rejected as reason:
            raise Rejected(f"{self.name} (column {self.column}): {reason}") from None

    def _made(self, given: Any) -> str | None:
        if given is None or given == "" or (isinstance(given, str) and not given.strip()):
            return self.empty
        if self.times is not None and isinstance(given, date):
            return written(self.times.read(given), self.form)
        text = self._matched(plain(given))
        if self.times is not None:
            return written(self.times.read(text), self.form)
        return self._coded(text).zfill(self.pad)

    def _matched(self, text: str) -> str:
        if self.match is None:
            return text
        found = self.match.fullmatch(text)
        if found is None:
            raise Rejected(f"not of the form {self.match.pattern}")
        return found[self.match.groups] or ""

    def _coded(self, text: str) -> str:
        if self.codes is None:
            return text
        code = self.codes.get(text, self.other)
        if code is None:
            shown = f" ({text})" if SHORT(text) else ""
            raise Rejected(f"a code that the mapping does not know{shown}; add it there")
        return code


def plain(value: Any) -> str:
    """As it would be written: 1.0 from a spreadsheet is 1."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return str(value).strip()

"""W3C extended format as IIS writes it: a line `#Fields: …` names the columns of those after it. Times are UTC.

https://learn.microsoft.com/windows/win32/http/w3c-logging
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from ingest.access.line import Line, bucket_of, civil_minute
from metrics.errors import Rejected
from metrics.histogram import UNTOLD

NEEDED = ("date", "time", "c-ip", "cs-method", "cs-uri-stem", "sc-status", "cs(User-Agent)")
QUERY, TAKEN = "cs-uri-query", "time-taken"

DIRECTIVE = re.compile(rb"#(?:Software|Version|Date|Fields|Start-Date|End-Date|Remark): ").match
_FIELDS = b"#Fields: "
_STATUS = re.compile(rb"[0-9]{3}").fullmatch
_TAKEN = re.compile(rb"[0-9]{1,12}").fullmatch
_TIME = re.compile(rb"([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{2}:[0-9]{2}):([0-5][0-9])").fullmatch


@dataclass(frozen=True, slots=True)
class W3C:
    """Where each column stands."""

    at: dict[str, int]

    def parsed(self, line: bytes) -> Line:
        """Raises Rejected, which quotes nothing of the line."""
        cells = line.removesuffix(b"\r").split(b" ")
        if len(cells) != len(self.at):
            raise Rejected(f"{len(cells)} columns, and #Fields names {len(self.at)}; the log was cut or mixed up")
        day, time, address, method, stem, status, agent = (cells[self.at[name]] for name in NEEDED)
        told = _TIME(day + b" " + time)
        if told is None or not _STATUS(status):
            raise Rejected("date, time or sc-status are not as IIS writes them")
        query, taken = self._cell(cells, QUERY), self._cell(cells, TAKEN)
        asked = method + b" " + stem + (b"" if query == b"-" else b"?" + query)
        rest = b" ".join(cell for number, cell in enumerate(cells) if number != self.at["c-ip"])
        minute = _minute(f"{told[1].decode()}T{told[2].decode()}")
        return Line(address, minute, int(told[3]), asked, int(status), agent, _bucket(taken), rest)

    def _cell(self, cells: list[bytes], name: str) -> bytes:
        return cells[self.at[name]] if name in self.at else b"-"


def fields(line: bytes) -> W3C | None:
    """What a line about lines says of columns. Raises Rejected where too few are logged."""
    if not line.startswith(_FIELDS):
        return None
    names = line.removeprefix(_FIELDS).decode(errors="replace").split()
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise Rejected(f"#Fields lacks {', '.join(missing)}; select them for logging in IIS")
    if len(set(names)) != len(names):
        raise Rejected("#Fields names a column twice")
    return W3C({name: number for number, name in enumerate(names)})


@lru_cache(maxsize=4096)
def _minute(text: str) -> str:
    try:
        return civil_minute(datetime.fromisoformat(text).replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        raise Rejected("the date and time do not exist; set the clock of the web server") from None


def _bucket(taken: bytes) -> int:
    """Of milliseconds."""
    if taken == b"-":
        return UNTOLD
    if not _TAKEN(taken):
        raise Rejected("time-taken is no number of milliseconds")
    return bucket_of(float(taken))

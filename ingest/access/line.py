"""One line of a log in combined format, nginx's or Apache's, perhaps followed by the request time in seconds.

    ADDRESS IDENT USER [day/Mon/year:hh:mm:ss zone] "REQUEST" STATUS BYTES "REFERRER" "AGENT" [SECONDS]

The texts in quotes may hold anything, escaped: a quote or a backslash stands behind a backslash.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import lru_cache

from metrics.civil import civil
from metrics.errors import Rejected
from metrics.histogram import LONGEST, UNTOLD, bucket

_QUOTED = rb'"([^"\\]*+(?:\\.[^"\\]*+)*+)"'
_LINE = re.compile(
    rb"(\S++) \S++ [^\[]*+\[([0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9]{2}:[0-9]{2}):([0-5][0-9]) ([+-][0-9]{4})\] "
    + _QUOTED
    + rb" ([0-9]{3}) (?:[0-9]++|-) "
    + _QUOTED.replace(b"(", b"(?:", 1)
    + b" "
    + _QUOTED
    + rb"(?: ([0-9]{1,9}(?:\.[0-9]{1,9})?|-))?\r?",
    re.DOTALL,
).fullmatch

_MONTHS = {name: n for n, name in enumerate(b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1)}


@dataclass(frozen=True, slots=True)
class Line:
    """What was asked, by whom, and how it was answered. Only `ingest.access.reading` sees this."""

    address: bytes
    minute: str  # civil, yyyyMMddHHmm00
    second: int
    request: bytes
    status: int
    agent: bytes
    bucket: int


def parsed(line: bytes) -> Line:
    """Raises Rejected, which quotes nothing of the line."""
    found = _LINE(line)
    if found is None:
        raise Rejected("not in combined format; write the access log as nginx or Apache do in 'combined'")
    address, minute, second, zone, request, status, agent, seconds = found.groups()
    return Line(address, _civil_minute(minute, zone), int(second), request, int(status), agent, _bucket(seconds))


@lru_cache(maxsize=4096)
def _civil_minute(minute: bytes, zone: bytes) -> str:
    try:
        hours, minutes = int(zone[:3]), int(zone[:1] + zone[3:])
        east = timezone(timedelta(hours=hours, minutes=minutes))
        said = datetime(
            int(minute[7:11]), _MONTHS[minute[3:6]], int(minute[:2]), int(minute[12:14]), int(minute[15:]), tzinfo=east
        )
        return f"{civil(said):%Y%m%d%H%M}00".zfill(14)
    except (ValueError, KeyError, OverflowError):
        raise Rejected("the time in brackets does not exist; set the clock of the web server") from None


@lru_cache(maxsize=4096)
def _bucket(seconds: bytes | None) -> int:
    if seconds is None or seconds == b"-":
        return UNTOLD
    if (time := 1000 * float(seconds)) > LONGEST:
        raise Rejected("the request time is longer than a week; write it in seconds")
    return bucket(time)

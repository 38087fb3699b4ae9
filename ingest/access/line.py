"""One request of a log, and how it is written in combined format, nginx's or Apache's.

The request time in seconds may follow:

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
    rest: bytes
    """All of the line but the address."""


def parsed(line: bytes) -> Line:
    """Raises Rejected, which quotes nothing of the line."""
    found = _LINE(line)
    if found is None:
        raise Rejected("no line of an access log; write it in 'combined' format, or as docs/sources.md says")
    address, minute, second, zone, request, status, agent, seconds = found.groups()
    rest = line[len(address) :].removesuffix(b"\r")
    return Line(address, _civil_minute(minute, zone), int(second), request, int(status), agent, _bucket(seconds), rest)


@lru_cache(maxsize=4096)
def _civil_minute(minute: bytes, zone: bytes) -> str:
    try:
        hours, minutes = int(zone[:3]), int(zone[:1] + zone[3:])
        east = timezone(timedelta(hours=hours, minutes=minutes))
        said = datetime(
            int(minute[7:11]), _MONTHS[minute[3:6]], int(minute[:2]), int(minute[12:14]), int(minute[15:]), tzinfo=east
        )
        return civil_minute(said)
    except (ValueError, KeyError, OverflowError):
        raise Rejected("the time in brackets does not exist; set the clock of the web server") from None


def civil_minute(moment: datetime) -> str:
    """As a `Line` has it. Raises OverflowError at the ends of the calendar."""
    return f"{civil(moment):%Y%m%d%H%M}00".zfill(14)


@lru_cache(maxsize=4096)
def _bucket(seconds: bytes | None) -> int:
    return UNTOLD if seconds is None or seconds == b"-" else bucket_of(1000 * float(seconds))


def bucket_of(milliseconds: float) -> int:
    """Raises Rejected where no request can have taken so long."""
    if milliseconds > LONGEST:
        raise Rejected("the request time is longer than a week; write it in the unit that docs/sources.md names")
    return bucket(milliseconds)

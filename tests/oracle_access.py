"""The oracle's reading of access logs: character by character, and requests as a bag of lines.

How often a line was written is the most that any one file holds of it: a log may be delivered twice, whole or in part.
"""

from collections import Counter
from datetime import datetime, timedelta

DIGITS = set("0123456789")


def quoted(text: str) -> str | None:
    """What follows a text in quotes; None where there is none."""
    if not text.startswith('"'):
        return None
    at = 1
    while at < len(text):
        if text[at] == "\\":
            at += 2
        elif text[at] == '"':
            return text[at + 1 :]
        else:
            at += 1
    return None


def request(raw: bytes) -> tuple[str, str] | None:
    """Civil moment and status of a line; None if it is not in combined format."""
    text = raw.decode("latin-1").removesuffix("\r")
    before, bracket, rest = text.partition("[")
    moment, end, rest = rest.partition("] ")
    if not bracket or not end or before.count(" ") < 3 or "" in before.split(" ")[:2] or before[-1] != " ":
        return None
    rest = quoted(rest) or ""
    status, size, *_ = [*rest[1:].split(" "), "", ""]
    if rest[:1] != " " or len(status) != 3 or not set(status) <= DIGITS or not (set(size) <= DIGITS or size == "-"):
        return None
    rest = quoted(rest[len(status) + len(size) + 3 :]) or ""
    rest = quoted(rest[1:]) if size and rest[:1] == " " else None
    if rest is None or not spent(rest):
        return None
    at = civil(moment)
    return None if at is None else (at, status)


def spent(rest: str) -> bool:
    """Nothing more, or the seconds that the request took."""
    if rest == "":
        return True
    whole, dot, part = rest[1:].partition(".")
    told = rest[1:] == "-" or (whole and set(whole + part) <= DIGITS and (part or not dot))
    return rest[0] == " " and bool(told) and (rest[1:] == "-" or float(rest[1:]) <= 7 * 86400)


def civil(moment: str) -> str | None:
    try:
        at = datetime.strptime(moment, "%d/%b/%Y:%H:%M:%S %z")
        offset = at.utcoffset() or timedelta()
        return (at.replace(tzinfo=None) - offset + timedelta(hours=7)).strftime("%Y%m%d%H%M%S").zfill(14)
    except (ValueError, OverflowError):
        return None


class Requests:
    """All requests that were loaded."""

    def __init__(self) -> None:
        self.most: Counter[bytes] = Counter()
        self.said: dict[bytes, tuple[str, str]] = {}
        self.file: Counter[bytes] = Counter()

    def begin(self) -> None:
        """Another file."""
        self.file = Counter()

    def take(self, raw: bytes) -> bool:
        said = request(raw)
        if said is None:
            return False
        line = raw.removesuffix(b"\r")
        self.file[line] += 1
        self.most[line] = max(self.most[line], self.file[line])
        self.said[line] = said
        return True

    def within(self, first: str, last: str) -> list[str]:
        """The status of each request between these days, both included."""
        found = []
        for raw, times in self.most.items():
            at, status = self.said[raw]
            if first <= at[:8] <= last:
                found += [status] * times
        return found

    def answers(self, first: str, last: str) -> list[tuple[str, int, int | None]]:
        statuses = self.within(first, last)
        return [
            ("portal_requests", len(statuses), None),
            ("portal_error_rate", len([s for s in statuses if "500" <= s <= "599"]), len(statuses)),
            ("portal_not_found_rate", statuses.count("404"), len(statuses)),
        ]

"""Lines of an access log become events: one for all requests of a minute to a page, each request a number.

Requests that look alike are numbered in the order of their lines, so that each counts, and the same file read again
gives the same numbers. That needs every line of the file from the first one on, also those that were sent before.
"""

from collections.abc import Callable, Iterator
from hashlib import blake2b
from zlib import crc32

from pydantic_core import to_json

from ingest.access.forms import Forms
from ingest.access.line import Line
from ingest.access.page_map import PageMap
from ingest.access.pages import Place
from ingest.access.robots import robot
from ingest.reading import Said
from metrics.errors import Rejected
from metrics.events import REQUEST
from metrics.funnel import GOOD_STATUS
from metrics.request import MARK_BITS, MOST_ALIKE, alike
from metrics.visitors import mark

REMEMBERED = 200_000
"""Kinds of request that are counted at least. One whose like is further back is taken for a copy of it: lines that
look alike have the same second."""

USUAL = PageMap()

_ADDRESS_BITS = 8
_REST_BITS = MARK_BITS - _ADDRESS_BITS

_Minute = tuple[str, Place]


class AccessReader:
    """Reads the lines of one log, in order."""

    def __init__(self, pages: PageMap = USUAL, salt: Callable[[str], bytes | None] = lambda _: None) -> None:
        """`salt` is that of a day (yyyyMMdd): without one, visitors are not told."""
        self._forms, self._pages, self._salt = Forms(), pages, salt
        self._gathered: dict[_Minute, list[int]] = {}
        self._visitors: dict[_Minute, set[int]] = {}
        self._seen: dict[tuple[_Minute, int], int] = {}
        self._seen_before: dict[tuple[_Minute, int], int] = {}

    def read(self, line: bytes) -> None:
        """Nothing is to be sent yet: `rest` gives what was gathered. Raises Rejected."""
        if (request := self._request(line)) is not None:
            where, number, said = request
            self._gathered.setdefault(where, []).append(number)
            if said.status in GOOD_STATUS and not robot(said.agent) and (salt := self._salt(said.minute[:8])):
                self._visitors.setdefault(where, set()).add(_visitor(said, salt))

    def skip(self, line: bytes) -> None:
        """A line that was sent before is counted among those alike, and no more."""
        try:
            self._request(line)
        except Rejected:
            return

    def rest(self) -> Iterator[Said]:
        """What was gathered, with the minute as its key."""
        gathered, self._gathered = self._gathered, {}
        visitors, self._visitors = self._visitors, {}
        for (minute, (page, service)), numbers in gathered.items():
            event = {
                "kind": REQUEST.name,
                "at": minute,
                "page": page,
                "procedure": service,
                "numbers": " ".join(map(str, numbers)),
                "visitors": " ".join(map(str, sorted(visitors.get((minute, (page, service)), ())))) or None,
            }
            yield minute, to_json(event)

    def _request(self, line: bytes) -> tuple[_Minute, int, Line] | None:
        """None for a line that only says how the others are to be read."""
        if (said := self._forms.parsed(line)) is None:
            return None
        where = said.minute, self._pages.place(said.request, said.minute)
        first = alike(
            status=said.status,
            bucket=said.bucket,
            robot=robot(said.agent),
            second=said.second,
            mark=_mark(said.address, said.rest),
        )
        return where, first + self._which((where, first)), said

    def _which(self, kind: tuple[_Minute, int]) -> int:
        """How many like it came before."""
        which = self._seen.get(kind)
        if which is None:
            which = self._seen_before.get(kind, 0)
            if len(self._seen) >= REMEMBERED:
                self._seen_before, self._seen = self._seen, {}
        if which == MOST_ALIKE:
            raise Rejected(f"more than {MOST_ALIKE} requests like it in one second")
        self._seen[kind] = which + 1
        return which


def _mark(address: bytes, rest: bytes) -> int:
    """The address apart from the rest, so that many requests of one visitor say no more of it than one does."""
    return (crc32(address) % (1 << _ADDRESS_BITS)) << _REST_BITS | crc32(rest) % (1 << _REST_BITS)


def _visitor(said: Line, salt: bytes) -> int:
    """Who asked is an address with a browser's name. Too short to be known again, and of another day another one."""
    hashed = blake2b(said.address + b" " + said.agent, digest_size=8, key=salt).digest()
    return mark(int.from_bytes(hashed))

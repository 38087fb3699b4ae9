"""Which page a request asked for: one of a few classes, and the service it was about.

An address says whatever its visitor typed: names, codes, telephone numbers, attacks. So none is kept. The classes are
a short list, and of the rest only the national part of a service's code is taken, where one is named.
"""

import re
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from ingest.shapes import national_part

OTHER, UNREADABLE = "other", "unreadable"

_CLASSES = (
    (
        "static",
        r"\.(?:css|js|mjs|map|png|jpe?g|gif|svg|ico|webp|avif|woff2?|ttf|eot|txt|xml|json|mp4|pdf|docx?|xlsx?)\Z",
    ),
    ("done", "thanhcong|hoanthanh|success"),
    ("pay", "thanhtoan|payment|/pay(?:/|$)"),
    ("submit", "nophoso|nopho|submit"),
    ("start", "kekhai|batdau|nop(?:truc)?tuyen|dangkyhoso|/start"),
    ("login", "dangnhap|dangky|dangxuat|login|logout|register|oauth|/sso|vneid"),
    ("lookup", "tracuu|tinhtrang|lookup|tracking"),
    ("search", "timkiem|search"),
    ("service", "thutuc|tthc|dichvu|service"),
    ("api", "^/api(?:/|$)"),
    ("home", r"^/?(?:index\.[a-z]+|trangchu|home)?$"),
)
PAGES = (*(name for name, _ in _CLASSES), OTHER, UNREADABLE)
_PAGE = tuple((name, re.compile(pattern).search) for name, pattern in _CLASSES)

_REQUEST = re.compile(rb"([A-Z]{1,20}) ([^ ]*+)(?: HTTP/[0-9.]{1,4})?").fullmatch
_HOST = re.compile(r"^[a-z]{2,6}://[^/]*")
_CODE = re.compile(r"[0-9]\.[0-9]{6}(?:\.[0-9A-Z]{2,4}){0,5}").fullmatch
_PARAMETERS = frozenset({"ma", "code", "procedure"})
_ABOUT_A_SERVICE = re.compile("tthc|thutuc|dichvu").search

LONGEST = 1024
"""Bytes of an address that are looked at, and the longest that is remembered: a hostile one may be long."""

Place = tuple[str, str]
"""Page class and service; the service may be empty."""


def place(request: bytes) -> Place:
    asked = _REQUEST(request)
    if asked is None:
        return UNREADABLE, ""
    path, _, query = asked[2].partition(b"?")
    page, service = _known(path) if len(path) <= LONGEST else _place(path[:LONGEST])
    return page, service or (_in_query(query[:LONGEST]) if b"." in query else "")


def _place(path: bytes) -> Place:
    text = _HOST.sub("", unquote_to_bytes(path).decode(errors="replace"))
    plain = re.sub("[-_]", "", text.lower())
    page = next((name for name, fits in _PAGE if fits(plain)), OTHER)
    return page, next((national_part(part) for part in text.split("/") if _CODE(part)), "")


def written(request: bytes) -> str:
    """The beginning of a request that can be read, as patterns are held against: `POST /path?query`, in lower case."""
    asked = _REQUEST(request)
    if asked is None:
        return ""
    address = unquote_to_bytes(asked[2][: 2 * LONGEST]).decode(errors="replace")
    return f"{asked[1].decode()} {_HOST.sub('', address).lower()}"


_known = lru_cache(maxsize=8192)(_place)


def _in_query(query: bytes) -> str:
    """Only where the parameter's name says so: a number with six decimals may be somebody's home."""
    for pair in unquote_to_bytes(query).decode(errors="replace").split("&"):
        name, _, value = pair.partition("=")
        named = re.sub("[-_]", "", name.lower())
        if (named in _PARAMETERS or _ABOUT_A_SERVICE(named)) and _CODE(value):
            return national_part(value)
    return ""

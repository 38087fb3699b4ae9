"""The records in the body of a request: one object, a list, or JSON Lines; perhaps gzip; perhaps in an envelope.

`DongBoHoSoMC` and `CapNhatTienDoHoSoMC` travel as a list, or as {"service": …, "isUpdating": …, "data": [ … ]}.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ingest.lines import LONGEST, Numbered, numbered, unzipped
from metrics.errors import Rejected

MOST_SENT = 16 << 20
"""Bytes of a body as it is sent."""
MOST = 64 << 20
"""Bytes of it once it is unpacked: a small one that would become a giant is put down half-way."""
LINES = ("ndjson", "jsonl", "json-lines")
TOO_LONG = Rejected("longer than 1 MiB; split it or leave out what is not used")
_GZIP = b"\x1f\x8b"
# As written: 1.002830 is a code, not a number that may lose its last digit.
_AS_WRITTEN = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)


class TooLarge(Exception):
    """More than is taken at once."""


def unpacked(body: bytes) -> bytes:
    """Raises Rejected where a gzip is broken: nobody knows what else it held."""
    if not body.startswith(_GZIP):
        return body
    found = bytearray()
    for piece in unzipped([body]):
        found += piece
        if len(found) > MOST:
            raise TooLarge
    return bytes(found)


def records(body: bytes, content_type: str) -> list[Numbered]:
    """Numbered as lines, or by their place in the list, from 1."""
    if any(name in content_type for name in LINES):
        return list(numbered([body]))
    try:
        said = _AS_WRITTEN.decode(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return list(numbered([body]))  # lines, whatever they call themselves; or one that is no JSON
    if isinstance(said, dict):
        data = said.get("data")
        return list(_listed(data)) if isinstance(data, list) else list(_listed([said]))
    return list(_listed(said)) if isinstance(said, list) else [(1, body)]


def _listed(said: Iterable[Any]) -> Iterator[Numbered]:
    for number, one in enumerate(said, start=1):
        line = json.dumps(one, ensure_ascii=False).encode(errors="surrogatepass")
        yield number, line if len(line) <= LONGEST else TOO_LONG

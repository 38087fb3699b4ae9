"""A multipart/form-data body, cut at its boundary.

Megabytes of rows pass here for every batch of the worker, so nothing looks at them byte by byte.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from deploy.store.faults import BAD_REQUEST, Fault

BOUNDARY = re.compile(r'boundary="?([^";,]+)"?', re.IGNORECASE)
NAME = re.compile(rb'\bname="([^"]*)"', re.IGNORECASE)
FILENAME = re.compile(rb'\bfilename="', re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """One field of the form, or the content of one file."""

    name: str
    is_file: bool
    data: bytes


def parts(content_type: str, body: bytes) -> Iterator[Part]:
    found = BOUNDARY.search(content_type)
    if not found:
        raise Fault(BAD_REQUEST, "The multipart body names no boundary")
    pieces = (b"\r\n" + body).split(b"\r\n--" + found[1].encode())
    if not pieces[-1].startswith(b"--"):
        raise Fault(BAD_REQUEST, "The multipart body is cut short")
    for piece in pieces[1:-1]:
        yield part(piece)


def part(piece: bytes) -> Part:
    head, _, data = piece.partition(b"\r\n\r\n")
    name = NAME.search(head)
    if not name:
        raise Fault(BAD_REQUEST, "A part of the multipart body has no name")
    return Part(name[1].decode(), FILENAME.search(head) is not None, data)

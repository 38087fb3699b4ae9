"""The body of a request, whole and unpacked, and never larger than allowed."""

import zlib
from typing import Protocol

import lz4.frame  # type: ignore[import-untyped]
from starlette.requests import Request

from deploy.store.faults import BAD_REQUEST, TOO_LARGE, Fault

LIMIT = 64 * 1024 * 1024


class Unpacker(Protocol):
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


async def whole(request: Request) -> bytes:
    if int(request.headers.get("content-length", 0)) > LIMIT:
        raise too_large()
    chunks, size = list[bytes](), 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > LIMIT:
            raise too_large()
        chunks.append(chunk)
    return unpacked(b"".join(chunks), request.headers.get("content-encoding", ""))


def unpacked(data: bytes, encoding: str) -> bytes:
    match encoding.lower():
        case "" | "identity":
            return data
        case "lz4":
            return within_limit(lz4.frame.LZ4FrameDecompressor(), data)
        case "gzip":
            return within_limit(zlib.decompressobj(zlib.MAX_WBITS | 16), data)
        case _:
            raise Fault(BAD_REQUEST, "Content-Encoding is not one of lz4, gzip")


def within_limit(unpacker: Unpacker, data: bytes) -> bytes:
    try:
        plain = unpacker.decompress(data, LIMIT + 1)
    except (RuntimeError, zlib.error):
        raise Fault(BAD_REQUEST, "The body is not in the Content-Encoding that was named") from None
    if len(plain) > LIMIT:
        raise too_large()
    if not getattr(unpacker, "eof", False):
        raise Fault(BAD_REQUEST, "The compressed body is cut short")
    return plain


def too_large() -> Fault:
    return Fault(TOO_LARGE, f"The body is larger than {LIMIT} bytes: send the rows in smaller pieces")

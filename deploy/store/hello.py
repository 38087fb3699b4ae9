"""The answer to the hello of clickhouse-go, the driver inside Grafana's plugin.

The driver takes from it the revision at which it reads every later answer. The engine writes revision 0 and has
no switch, so this one answer is encoded by hand, at the revision the driver starts with, and says: 0 follows.
"""

import struct

STATEMENT = "select displayname(), version(), revision(), timezone()"


def asks_hello(sql: str) -> bool:
    return " ".join(sql.lower().split()).rstrip("; ") == STATEMENT


def varint(n: int) -> bytes:
    out = bytearray()
    while n >= 1 << 7:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    return bytes(out) + bytes([n])


def text(value: str) -> bytes:
    raw = value.encode()
    return varint(len(raw)) + raw


def hello(name: str, version: str, timezone: str) -> bytes:
    """One row saying who we are, and that blocks follow at revision 0."""
    columns = (
        ("displayName()", "String", text(name)),
        ("version()", "String", text(version)),
        ("revision()", "UInt32", struct.pack("<I", 0)),
        ("timezone()", "String", text(timezone)),
    )
    block_info = b"\x01\x00\x02\xff\xff\xff\xff\x00"  # no overflow, bucket -1, end
    plain = b"\x00"  # no custom serialisation
    rows = b"".join(text(n) + text(t) + plain + v for n, t, v in columns)
    return block_info + varint(4) + varint(1) + rows

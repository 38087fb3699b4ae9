"""What looks like a person in a text that staff write: their numbers, mail, or name. None of it may be kept.

A name cannot be told for sure: where people are meant, their post is asked for, and this catches what is plain to see.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from metrics.words import Text

SURNAMES = "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đoàn|Trịnh|Mai|Lương"
WORD = r"[A-ZÀ-ỸĐ][a-zà-ỹđ]*\.?"
SIGNS: Mapping[re.Pattern[str], Text] = MappingProxyType(
    {
        re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+"): Text("địa chỉ thư điện tử", "an e-mail address"),
        re.compile(r"(?<!\d)(?:\+?84|0)(?:[ .-]?\d){9,10}(?!\d)"): Text("số điện thoại", "a telephone number"),
        re.compile(r"(?<!\d)(?:\d ?){11}\d(?!\d)|(?<!\d)\d{9}(?!\d)"): Text("số định danh", "an ID number"),
        re.compile(rf"(?i:\b(?:ông|bà|anh|chị|đồng chí|đ/c))\s+(?:{SURNAMES})(?:\s+{WORD})+"): Text(
            "tên người", "a person's name"
        ),
        re.compile(rf"(?:^|[(,:–-]\s*)(?:{SURNAMES})(?:\s+{WORD}){{2,4}}\s*(?:$|[),;])"): Text(
            "tên người", "a person's name"
        ),
    }
)


def personal(text: str) -> Iterator[Text]:
    """What of it there seems to be; the text itself is not quoted."""
    yield from dict.fromkeys(kind for sign, kind in SIGNS.items() if sign.search(text))

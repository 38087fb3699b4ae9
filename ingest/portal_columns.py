"""Which column of the national portal's export is which field, and how its cells become national values."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from metrics.errors import Misconfigured

TITLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "MaHoSo": ("mã hồ sơ", "số hồ sơ"),
        "MaTTHC": ("mã tthc", "mã thủ tục", "mã thủ tục hành chính"),
        "KenhThucHien": ("kênh thực hiện", "hình thức nộp", "kênh nộp"),
        "NgayNopHoSo": ("ngày nộp", "ngày nộp hồ sơ"),
        "NgayTiepNhan": ("ngày tiếp nhận", "thời gian tiếp nhận"),
        "NgayHenTra": ("ngày hẹn trả", "hạn trả", "ngày hẹn trả kết quả"),
        "TrangThaiHoSo": ("trạng thái", "trạng thái hồ sơ"),
        "NgayKetThucXuLy": ("ngày kết thúc xử lý", "ngày xử lý xong", "ngày hoàn thành"),
        "NgayTra": ("ngày trả", "ngày trả kết quả"),
        "DuocThanhToanTrucTuyen": ("thanh toán trực tuyến", "được thanh toán trực tuyến"),
        "HoSoCoThanhPhanSoHoa": ("có thành phần số hóa", "số hóa"),
        "DonViXuLy": ("đơn vị xử lý", "cơ quan xử lý", "đơn vị"),
        "MaHoSoDiaPhuong": ("mã hồ sơ địa phương", "mã hồ sơ gốc"),
        "NgayDongBo": ("ngày đồng bộ", "thời gian đồng bộ", "thời điểm đồng bộ"),
    }
)
"""A field, and what its column is usually called."""

FIELDS: Mapping[str, str] = MappingProxyType(
    {name.casefold(): field for field, names in TITLES.items() for name in (field, *names)}
)

YES_NO = {"có": "1", "không": "0", "true": "1", "false": "0"}
CODES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "KenhThucHien": {"trực tiếp": "1", "trực tuyến": "2", "bưu chính": "3", "bưu chính công ích": "3"},
        "TrangThaiHoSo": {
            "mới đăng ký": "1",
            "được tiếp nhận": "2",
            "không được tiếp nhận": "3",
            "đang xử lý": "4",
            "yêu cầu bổ sung giấy tờ": "5",
            "yêu cầu thực hiện nghĩa vụ tài chính": "6",
            "công dân yêu cầu rút hồ sơ": "7",
            "dừng xử lý": "8",
            "đã xử lý xong": "9",
            "đã trả kết quả": "10",
        },
        "DuocThanhToanTrucTuyen": YES_NO,
        "HoSoCoThanhPhanSoHoa": YES_NO,
    }
)
"""What the portal's words stand for; codes themselves are taken, too."""

_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(:(?P<second>\d{2})(\.\d+)?)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}})([ T]{_CLOCK})?",
        rf"(?P<day>\d{{1,2}})[/-](?P<month>\d{{1,2}})[/-](?P<year>\d{{4}})( {_CLOCK})?",
        rf"{_CLOCK} (?P<day>\d{{1,2}})[/-](?P<month>\d{{1,2}})[/-](?P<year>\d{{4}})",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
    )
)


def civil_text(written: str) -> str:
    """`yyyyMMddHHmmss`; what is written in no known way stays as it is, for the reader to refuse."""
    for form in _FORMS:
        if found := form.fullmatch(written):
            parts = found.groupdict(default="0")
            clock = "".join(parts.get(name, "0").zfill(2) for name in ("hour", "minute", "second"))
            return parts["year"] + parts["month"].zfill(2) + parts["day"].zfill(2) + clock
    return written


@dataclass(frozen=True, slots=True)
class Mapped:
    """Columns and codes that a mapping file adds to the usual ones; heads in lower case."""

    columns: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def field(self, head: str) -> str | None:
        """The national field that a column is read as. One that the file maps elsewhere is not also the usual one."""
        name = _plain(head)
        if name in self.columns:
            return self.columns[name]
        usual = FIELDS.get(name)
        return None if usual in self.columns.values() else usual

    def unmet(self, heads: Iterable[str]) -> Iterator[str]:
        """Problems of the mapping with the file's columns."""
        there = {_plain(head) for head in heads}
        yield from (f"mapping: the file has no column {name!r}" for name in self.columns if name not in there)

    def national(self, fields: Mapping[str, str]) -> dict[str, str]:
        """A row as the national record writes it; columns that no field is named for are left behind here."""
        found: dict[str, str] = {}
        for head, written in fields.items():
            name = self.field(head)
            if name is not None and written.strip():
                found.setdefault(name, self._value(name, written.strip()))
        return found

    def _value(self, name: str, written: str) -> str:
        if name.startswith("Ngay"):
            return civil_text(written)
        word = _plain(written)
        return self.codes.get(name, {}).get(word) or CODES.get(name, {}).get(word) or written


USUAL = Mapped()


def mapping(path: Path) -> Mapped:
    """Misconfigured with every problem of the file."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Misconfigured([f"mapping: {path.name} cannot be read as TOML: {error}"]) from error
    problems = list(_problems(found))
    if problems:
        raise Misconfigured(problems)
    columns = {_plain(head): name for name, head in found.get("columns", {}).items()}
    codes = {
        name: {_plain(word): code for word, code in words.items()} for name, words in found.get("codes", {}).items()
    }
    return Mapped(columns, codes)


def _problems(found: dict[str, Any]) -> Iterator[str]:
    for part in found.keys() - {"columns", "codes"}:
        yield f"mapping: [{part}] is unknown; there are [columns] and [codes.FIELD]"
    columns, codes = found.get("columns", {}), found.get("codes", {})
    if not isinstance(columns, dict) or not isinstance(codes, dict):
        yield "mapping: [columns] and [codes.FIELD] are tables"
        return
    for name in (*columns, *codes):
        if name not in TITLES:
            yield f"mapping: there is no field {name}; there are {', '.join(TITLES)}"
    yield from (
        f"mapping: the column of {name} is a text" for name, head in columns.items() if not isinstance(head, str)
    )
    for name, words in codes.items():
        if not isinstance(words, dict) or not all(isinstance(code, str) for code in words.values()):
            yield f'mapping: [codes.{name}] has lines such as "trực tuyến" = "2"'


def _plain(written: str) -> str:
    return " ".join(written.split()).casefold()

"""The oracle's reading of files and lines: what is a line, what is rejected, what a code means."""

import json
import re
import zlib
from datetime import datetime

MIB = 1 << 20
ONE = {"0", "1"}
STATUSES = {str(n) for n in range(1, 11)}

REQUIRED = {
    "agencies": ["MaDonVi", "TenDonVi"],
    "services": ["MaTTHC", "TenTTHC"],
    "dossiers": ["MaHoSo", "MaTTHC"],
    "progress": ["MaHoSo", "ThoiDiemXuLy", "TrangThai"],
    "payments": ["MaGiaoDich", "ThoiGian", "MaTrangThai", "LoaiGiaoDich"],
}
MOMENTS = {
    "dossiers": ["NgayNopHoSo", "NgayTiepNhan", "NgayHenTra", "NgayKetThucXuLy", "NgayTra"],
    "progress": ["ThoiDiemXuLy", "NgayBatDau", "NgayKetThucTheoQuyDinh"],
    "payments": ["ThoiGian"],
}
DATES = {"agencies": ["HieuLucTu", "HieuLucDen"], "services": ["HieuLucTu", "HieuLucDen"]}
CODES: dict[str, dict[str, set[str]]] = {
    "agencies": {"Cap": {"tinh", "so", "huyen", "xa"}},
    "services": {
        "CapThucHien": {"tinh", "huyen", "xa"}, "MucDo": {"2", "3", "4"}, "CoPhi": ONE, "MotCua": ONE,
        "LienThong": ONE, "QuyTrinhDienTu": ONE, "BuuChinh": ONE, "LienThongCungCap": ONE, "DungChungNhieuCap": ONE,
        "LienThongKhacCap": ONE, "GiaiQuyetTaiCho": ONE, "CatGiamThoiGian": ONE,
        **{key: {str(n) for n in range(1, 1000)} for key in ("ThoiHanNgayLamViec", "ThoiHanTrucTuyenNgayLamViec")},
    },
    "dossiers": {
        "KenhThucHien": {"1", "2", "3"}, "TrangThaiHoSo": STATUSES, "HinhThuc": ONE,
        "DuocThanhToanTrucTuyen": {"0", "1", "2", "3"}, "HoSoCoThanhPhanSoHoa": ONE,
    },
    "progress": {"TrangThai": STATUSES},
    "payments": {"LoaiGiaoDich": {"thanh_toan", "hoan_phi"}},
}  # fmt: skip
TEXTS = {
    "agencies": ["MaDonVi", "TenDonVi", "MaDonViCha"],
    "services": ["MaTTHC", "TenTTHC", "MaLinhVuc", "TenLinhVuc"],
    "dossiers": ["MaHoSo", "MaTTHC", "LoaiDoiTuong"],
    "progress": ["MaHoSo", "PhongBanXuLy"],
    "payments": ["MaGiaoDich", "MaTrangThai", "MaHoSo", "SoTien", "CongThanhToan"],
}
SUPPLEMENTS = "DanhSachHoSoBoSung"  # kept as its own text
Line = dict[str, str]


def kind_of(name: str) -> str | None:
    base = name.rsplit("/", 1)[-1]
    for kind in REQUIRED:
        if base.startswith(kind) and base.endswith((".jsonl", ".jsonl.gz")):
            return kind
    return "access" if base.startswith("access") and base.endswith((".log", ".log.gz")) else None


def exists(text: str, shape: str) -> bool:
    if not re.fullmatch("[0-9]{14}" if shape == "moment" else "[0-9]{8}", text):
        return False
    try:
        datetime.strptime(text, "%Y%m%d%H%M%S" if shape == "moment" else "%Y%m%d")  # noqa: DTZ007 - it only has to exist
    except ValueError:
        return False
    return True


def understood(kind: str, raw: bytes) -> Line | None:
    """The used fields of a line that have a value, as texts; None if the line cannot be used."""
    if len(raw) > MIB:
        return None
    try:
        record = json.loads(raw.decode("utf-8"), parse_int=str, parse_float=str)  # a number is read as its text
    except ValueError:
        return None
    if not isinstance(record, dict):
        return None
    line: Line = {}
    for name in [*TEXTS[kind], *MOMENTS.get(kind, []), *DATES.get(kind, []), *CODES[kind]]:
        value = record.get(name)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            return None
        line[name] = value
    if kind == "dossiers" and isinstance(record.get(SUPPLEMENTS), list):
        line[SUPPLEMENTS] = json.dumps(record[SUPPLEMENTS])
    return line if usable(kind, line) else None


def usable(kind: str, line: Line) -> bool:
    for name in REQUIRED[kind]:
        if name not in line:
            return False
    for name in MOMENTS.get(kind, []):
        if name in line and not exists(line[name], "moment"):
            return False
    for name in DATES.get(kind, []):
        if name in line and not exists(line[name], "date"):
            return False
    for name, codes in CODES[kind].items():
        if name in line and line[name] not in codes:
            return False
    if "MaHoSo" in line:
        before, dash, after = line["MaHoSo"].partition("-")
        return bool(before and dash and after)
    return True


def national(code: str) -> str:
    """`1.002835.000.00.00.H56` and `1.002835.H56` are `1.002835`."""
    found = re.match(r"[0-9]\.[0-9]{6}(?=\.|$)", code)
    return found.group() if found else code


def lines_of(name: str, content: bytes) -> tuple[list[bytes], bool]:
    """The lines of a file, and whether it broke off."""
    broken = False
    if name.endswith(".gz"):
        content, broken = unzipped(content)
    lines = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    if broken:
        lines = lines[:-1]  # what stands before the break is no whole line
    return lines, broken


def unzipped(content: bytes) -> tuple[bytes, bool]:
    stream = zlib.decompressobj(wbits=31)  # 31: with the header of gzip
    out = stream.decompress(content)
    return out, not stream.eof

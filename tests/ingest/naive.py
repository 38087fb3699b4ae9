"""What one line means, written from the contract with dicts and loops. Shares nothing with the product."""

import json
from datetime import datetime

FIELDS = {
    "agencies": {
        "MaDonVi": "agency!", "TenDonVi": "name!", "MaDonViCha": "parent", "Cap": "tier", "HieuLucTu": "valid_from",
        "HieuLucDen": "valid_to",
    },
    "services": {
        "MaTTHC": "procedure!", "TenTTHC": "name!", "MaLinhVuc": "field", "TenLinhVuc": "field_name",
        "CapThucHien": "authority", "MucDo": "level", "CoPhi": "has_fee", "MotCua": "one_stop",
        "LienThong": "interlinked", "QuyTrinhDienTu": "electronic_process", "BuuChinh": "by_post",
        "DungChungNhieuCap": "shared", "LienThongCungCap": "within_level", "LienThongKhacCap": "between_levels",
        "GiaiQuyetTaiCho": "on_the_spot", "CatGiamThoiGian": "time_cut", "ThoiHanNgayLamViec": "time_limit",
        "ThoiHanTrucTuyenNgayLamViec": "time_limit_online",
        "HieuLucTu": "valid_from", "HieuLucDen": "valid_to",
    },
    "dossiers": {
        "MaHoSo": "dossier!", "MaTTHC": "procedure!", "KenhThucHien": "channel", "LoaiDoiTuong": "applicant",
        "NgayNopHoSo": "submitted_at", "NgayTiepNhan": "recorded_received_at", "NgayHenTra": "due_at",
        "TrangThaiHoSo": "status", "NgayKetThucXuLy": "recorded_finished_at", "NgayTra": "recorded_returned_at",
        "HinhThuc": "return_way", "DuocThanhToanTrucTuyen": "paid_online", "HoSoCoThanhPhanSoHoa": "digitised",
        "DanhSachHoSoBoSung": "supplements",
    },
    "progress": {
        "MaHoSo": "dossier!", "ThoiDiemXuLy": "at!", "TrangThai": "status!", "PhongBanXuLy": "unit",
        "NgayBatDau": "started_at", "NgayKetThucTheoQuyDinh": "step_due_at",
    },
    "payments": {
        "MaGiaoDich": "transaction!", "ThoiGian": "at!", "MaTrangThai": "result!", "LoaiGiaoDich": "type!",
        "MaHoSo": "dossier", "SoTien": "amount", "CongThanhToan": "gateway",
    },
}  # fmt: skip
NAMES = {"agencies": "agency", "services": "service", "dossiers": "dossier", "progress": "step", "payments": "payment"}
CODES = {
    "Cap": {"tinh", "so", "huyen", "xa"}, "CapThucHien": {"tinh", "huyen", "xa"}, "MucDo": {"2", "3", "4"},
    "KenhThucHien": {"1", "2", "3"}, "DuocThanhToanTrucTuyen": {"0", "1", "2", "3"},
    "LoaiGiaoDich": {"thanh_toan", "hoan_phi"},
    **{key: {"0", "1"} for key in ("CoPhi", "MotCua", "LienThong", "QuyTrinhDienTu", "BuuChinh", "HinhThuc")},
    "HoSoCoThanhPhanSoHoa": {"0", "1"},
    **{
        key: {"0", "1"}
        for key in ("DungChungNhieuCap", "LienThongCungCap", "LienThongKhacCap", "GiaiQuyetTaiCho", "CatGiamThoiGian")
    },
    **{key: {str(n) for n in range(1, 1000)} for key in ("ThoiHanNgayLamViec", "ThoiHanTrucTuyenNgayLamViec")},
    **{key: {str(n) for n in range(1, 11)} for key in ("TrangThai", "TrangThaiHoSo")},
}  # fmt: skip
MOMENTS = {
    "NgayNopHoSo", "NgayTiepNhan", "NgayHenTra", "NgayKetThucXuLy", "NgayTra", "ThoiDiemXuLy", "NgayBatDau",
    "NgayKetThucTheoQuyDinh", "ThoiGian", "NgayBoSung", "NgayTiepNhanBoSung", "NgayHenTraTruoc", "NgayHenTraMoi",
}  # fmt: skip
DATES = {"HieuLucTu", "HieuLucDen"}
SUPPLEMENT = {
    "NgayBoSung": "requested_at", "NgayTiepNhanBoSung": "answered_at", "NgayHenTraTruoc": "due_before",
    "NgayHenTraMoi": "due_after",
}  # fmt: skip


def event(kind, line):
    """The event the line means, or None where it is rejected."""
    try:
        given = json.loads(line.decode("utf-8"), parse_int=str, parse_float=str)
        if not isinstance(given, dict):
            return None
        return {"kind": NAMES[kind]} | dict(pairs(FIELDS[kind], given))
    except ValueError:
        return None


def pairs(fields, given):
    for national, name in fields.items():
        value = given.get(national)
        if value is None or value == "":
            if name.endswith("!"):
                raise ValueError(national)
        elif national == "DanhSachHoSoBoSung":
            if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
                raise ValueError(national)
            yield name, json.dumps([dict(pairs(SUPPLEMENT, item)) for item in value], separators=(",", ":"))
        else:
            yield name.rstrip("!"), checked(national, value)


def checked(national, value):
    if not isinstance(value, str):
        raise ValueError(national)  # noqa: TRY004
    value.encode("utf-8")  # half a character has no bytes
    if national in CODES and value not in CODES[national]:
        raise ValueError(national)
    if national in MOMENTS and not exists(value, 14, "%Y%m%d%H%M%S"):
        raise ValueError(national)
    if national in DATES and not exists(value, 8, "%Y%m%d"):
        raise ValueError(national)
    if national == "MaHoSo":
        agency, dash, number = value.partition("-")
        if not (agency and dash and number):
            raise ValueError(national)
    if national == "MaTTHC":
        head, rest = value[:8], value[8:]
        digits = head[:1] + head[2:]
        if len(head) == 8 and head[1] == "." and set(digits) <= set("0123456789") and (rest == "" or rest[0] == "."):
            return head
    return value


def exists(value, length, form):
    if len(value) != length or not set(value) <= set("0123456789"):
        return False
    try:
        datetime.strptime(value, form)  # noqa: DTZ007
    except ValueError:
        return False
    return not (length == 14 and value[12:] >= "60")

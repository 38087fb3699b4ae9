"""The national records of the made-up province. Every personal field is filled, and nobody's."""

# ruff: noqa: PLR2004 - shares of a made-up province, read where they stand

from ingest.simulate.names import PROVINCE, UNITS
from ingest.simulate.province import Record

PERCENT = 100


def procedure(code: str, chance: float) -> str:
    """Systems write the code of a service in three ways."""
    suffix = f".000.00.00.{PROVINCE}" if chance < 0.7 else f".{PROVINCE}" if chance < 0.85 else ""
    return code + suffix


def dossier(code: str, person: int, chance: float) -> Record:
    """A dossier before anything is known but its code. Each pair of digits of `chance` decides a field."""
    enterprise, by_post, digitised = (int(chance * PERCENT**n) % PERCENT for n in (1, 2, 3))
    return {
        "MaHoSo": code,
        "MaTTHC": "",
        "KenhThucHien": None,
        "LoaiDoiTuong": "2" if enterprise < 20 else "1",
        "ChuHoSo": f"Nguyễn Văn Mẫu {person}",
        "SoGiayToChuHoSo": f"000{person:09d}",
        "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": f"000{person:09d}"}],
        "Email": f"mau{person}@example.invalid",
        "SoDienThoai": f"000{person:07d}",
        "Fax": None,
        "TrichYeuHoSo": f"Hồ sơ mẫu số {person}",
        "NgayNopHoSo": None,
        "NgayTiepNhan": None,
        "NgayHenTra": None,
        "TrangThaiHoSo": "1",
        "NgayKetThucXuLy": None,
        "NgayTra": None,
        "HinhThuc": "1" if by_post < 12 else "0",
        "DuocThanhToanTrucTuyen": "0",
        "HoSoCoThanhPhanSoHoa": "1" if digitised < 60 else "0",
        "DanhSachHoSoBoSung": [],
    }


def supplement(asked: str, came: str, due_before: str, due_after: str) -> Record:
    return {
        "HoSoBoSungId": "1",
        "NguoiYeuCauBoSung": "Trần Thị Mẫu",
        "NoiDungBoSung": "Bổ sung giấy tờ mẫu",
        "NgayBoSung": asked,
        "NgayTiepNhanBoSung": came,
        "NgayHenTraTruoc": due_before,
        "NgayHenTraMoi": due_after,
    }


def step(code: str, at: str, status: str, unit: int) -> Record:
    return {
        "MaHoSo": code,
        "NguoiXuLy": "Cán bộ Mẫu",
        "ThoiDiemXuLy": at,
        "PhongBanXuLy": UNITS[unit],
        "TrangThai": status,
    }


def payment(transaction: str, at: str, result: str, code: str | None) -> Record:
    return {
        "MaGiaoDich": transaction,
        "ThoiGian": at,
        "MaTrangThai": result,
        "LoaiGiaoDich": "thanh_toan",
        "MaHoSo": code,
        "SoTien": None,
        "CongThanhToan": "Cổng thanh toán mẫu",
    }

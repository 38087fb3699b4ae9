"""The files of the drop folder: national field names on the right, the event's own names on the left.

This is the border. A field that is not named here is never read, so a personal one cannot pass.
"""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import ConfigDict, Field, PlainSerializer, TypeAdapter
from typing_extensions import TypedDict

from ingest.shapes import (
    DATE,
    DOSSIER_CODE,
    MOMENT,
    NATIONAL_PART,
    NUMBER,
    STATUS,
    TEXT,
    WORKING_DAYS,
    YES_NO,
    may,
    needed,
    one_of,
)
from metrics.events import AGENCY, APOLOGY, DOSSIER, PAYMENT, PETITION, RATING, SERVICE, STEP, Kind

Maybe = str | None
USED_ONLY = ConfigDict(extra="ignore")


class Agency(TypedDict):
    __pydantic_config__ = USED_ONLY  # type: ignore[misc]  # pydantic reads it from the class body
    agency: Annotated[str, needed("MaDonVi", TEXT)]
    name: Annotated[str, needed("TenDonVi", TEXT)]
    parent: Annotated[Maybe, may("MaDonViCha", TEXT)]
    tier: Annotated[Maybe, may("Cap", one_of(("tinh", "so", "huyen", "xa")))]
    valid_from: Annotated[Maybe, may("HieuLucTu", DATE)]
    valid_to: Annotated[Maybe, may("HieuLucDen", DATE)]


class Service(TypedDict):
    __pydantic_config__ = USED_ONLY  # type: ignore[misc]
    procedure: Annotated[str, needed("MaTTHC", TEXT), NATIONAL_PART]
    name: Annotated[str, needed("TenTTHC", TEXT)]
    field: Annotated[Maybe, may("MaLinhVuc", TEXT)]
    field_name: Annotated[Maybe, may("TenLinhVuc", TEXT)]
    authority: Annotated[Maybe, may("CapThucHien", one_of(("tinh", "huyen", "xa")))]
    level: Annotated[Maybe, may("MucDo", one_of("234"))]
    has_fee: Annotated[Maybe, may("CoPhi", YES_NO)]
    one_stop: Annotated[Maybe, may("MotCua", YES_NO)]
    interlinked: Annotated[Maybe, may("LienThong", YES_NO)]
    electronic_process: Annotated[Maybe, may("QuyTrinhDienTu", YES_NO)]
    by_post: Annotated[Maybe, may("BuuChinh", YES_NO)]
    # Beyond the contract, each optional: docs/input.md.
    shared: Annotated[Maybe, may("DungChungNhieuCap", YES_NO)]
    within_level: Annotated[Maybe, may("LienThongCungCap", YES_NO)]
    between_levels: Annotated[Maybe, may("LienThongKhacCap", YES_NO)]
    on_the_spot: Annotated[Maybe, may("GiaiQuyetTaiCho", YES_NO)]
    time_cut: Annotated[Maybe, may("CatGiamThoiGian", YES_NO)]
    time_limit: Annotated[Maybe, may("ThoiHanNgayLamViec", WORKING_DAYS)]
    time_limit_online: Annotated[Maybe, may("ThoiHanTrucTuyenNgayLamViec", WORKING_DAYS)]
    valid_from: Annotated[Maybe, may("HieuLucTu", DATE)]
    valid_to: Annotated[Maybe, may("HieuLucDen", DATE)]


class Supplement(TypedDict):
    """Of a request for more papers only the moments: who asked for what is personal."""

    __pydantic_config__ = USED_ONLY  # type: ignore[misc]
    requested_at: Annotated[Maybe, may("NgayBoSung", MOMENT)]
    answered_at: Annotated[Maybe, may("NgayTiepNhanBoSung", MOMENT)]
    due_before: Annotated[Maybe, may("NgayHenTraTruoc", MOMENT)]
    due_after: Annotated[Maybe, may("NgayHenTraMoi", MOMENT)]


_SUPPLEMENTS = TypeAdapter(list[Supplement])


def _as_text(supplements: list[Supplement]) -> str:
    """Every value of an event is a text, so the list travels as JSON inside one."""
    return _SUPPLEMENTS.dump_json(supplements, exclude_none=True, exclude_defaults=True).decode()


class Dossier(TypedDict):
    __pydantic_config__ = USED_ONLY  # type: ignore[misc]
    dossier: Annotated[str, needed("MaHoSo", DOSSIER_CODE)]
    procedure: Annotated[str, needed("MaTTHC", TEXT), NATIONAL_PART]
    channel: Annotated[Maybe, may("KenhThucHien", one_of("123"))]
    applicant: Annotated[Maybe, may("LoaiDoiTuong", TEXT)]
    submitted_at: Annotated[Maybe, may("NgayNopHoSo", MOMENT)]
    recorded_received_at: Annotated[Maybe, may("NgayTiepNhan", MOMENT)]
    due_at: Annotated[Maybe, may("NgayHenTra", MOMENT)]
    status: Annotated[Maybe, may("TrangThaiHoSo", STATUS)]
    recorded_finished_at: Annotated[Maybe, may("NgayKetThucXuLy", MOMENT)]
    recorded_returned_at: Annotated[Maybe, may("NgayTra", MOMENT)]
    return_way: Annotated[Maybe, may("HinhThuc", YES_NO)]
    paid_online: Annotated[Maybe, may("DuocThanhToanTrucTuyen", one_of("0123"))]
    digitised: Annotated[Maybe, may("HoSoCoThanhPhanSoHoa", YES_NO)]
    supplements: Annotated[
        list[Supplement] | None,
        Field(alias="DanhSachHoSoBoSung", default=None, description="a list of objects"),
        PlainSerializer(_as_text, when_used="unless-none"),
    ]


class Step(TypedDict):
    __pydantic_config__ = USED_ONLY  # type: ignore[misc]
    dossier: Annotated[str, needed("MaHoSo", DOSSIER_CODE)]
    at: Annotated[str, needed("ThoiDiemXuLy", MOMENT)]
    status: Annotated[str, needed("TrangThai", STATUS)]
    unit: Annotated[Maybe, may("PhongBanXuLy", TEXT)]
    started_at: Annotated[Maybe, may("NgayBatDau", MOMENT)]
    step_due_at: Annotated[Maybe, may("NgayKetThucTheoQuyDinh", MOMENT)]


class Apology(TypedDict):
    """A letter of apology for a late dossier. Who signed it is nobody's business here."""

    __pydantic_config__ = USED_ONLY  # type: ignore[misc]
    dossier: Annotated[str, needed("MaHoSo", DOSSIER_CODE)]
    sent_at: Annotated[str, needed("NgayGuiThuXinLoi", MOMENT)]
    new_due_at: Annotated[Maybe, may("NgayHenTraMoi", MOMENT)]


class Rating(TypedDict):
    """One answer to one question. What somebody wrote, and who, has no name here."""

    __pydantic_config__ = USED_ONLY  # type: ignore[misc]
    dossier: Annotated[str, needed("MaHoSo", DOSSIER_CODE)]
    question: Annotated[str, needed("CauHoi", one_of(("chung", "thuan_tien", "kip_thoi", "ho_tro")))]
    at: Annotated[str, needed("ThoiDiemDanhGia", MOMENT)]
    grade: Annotated[str, needed("MucDoHaiLong", one_of(("rat_hai_long", "hai_long", "chua_hai_long")))]


class Petition(TypedDict):
    """What became of a petition. Its text, its answer's and its sender have no name here."""

    __pydantic_config__ = USED_ONLY  # type: ignore[misc]
    petition: Annotated[str, needed("MaPAKN", TEXT)]
    agency: Annotated[Maybe, may("MaDonVi", TEXT)]
    procedure: Annotated[Maybe, may("MaTTHC", TEXT), NATIONAL_PART]
    dossier: Annotated[Maybe, may("MaHoSo", DOSSIER_CODE)]
    about: Annotated[Maybe, may("Loai", one_of(("quy_dinh", "hanh_vi")))]
    received_at: Annotated[str, needed("NgayTiepNhan", MOMENT)]
    handled_at: Annotated[Maybe, may("NgayXuLy", MOMENT)]
    handled: Annotated[Maybe, may("KetQuaXuLy", one_of(("tra_loi", "tu_choi", "chuyen", "bo_sung")))]
    published_at: Annotated[Maybe, may("NgayCongKhai", MOMENT)]
    likes: Annotated[Maybe, may("SoLuotHaiLong", NUMBER)]
    dislikes: Annotated[Maybe, may("SoLuotKhongHaiLong", NUMBER)]
    repeated: Annotated[Maybe, may("LapLai", YES_NO)]


class Payment(TypedDict):
    __pydantic_config__ = USED_ONLY  # type: ignore[misc]
    transaction: Annotated[str, needed("MaGiaoDich", TEXT)]
    at: Annotated[str, needed("ThoiGian", MOMENT)]
    result: Annotated[str, needed("MaTrangThai", TEXT)]
    type: Annotated[str, needed("LoaiGiaoDich", one_of(("thanh_toan", "hoan_phi")))]
    dossier: Annotated[Maybe, may("MaHoSo", DOSSIER_CODE)]
    amount: Annotated[Maybe, may("SoTien", TEXT)]
    gateway: Annotated[Maybe, may("CongThanhToan", TEXT)]


@dataclass(frozen=True, slots=True)
class FileKind:
    """Files whose name begins with `name`, the record each of their lines is, and the event it becomes.

    One beyond the contract is optional: it is told of where there is one.
    """

    name: str
    record: Any
    event: Kind
    optional: bool = False


# In the order they are loaded: what explains codes before what uses them.
FILE_KINDS = (
    FileKind("agencies", Agency, AGENCY),
    FileKind("services", Service, SERVICE),
    FileKind("dossiers", Dossier, DOSSIER),
    FileKind("progress", Step, STEP),
    FileKind("apologies", Apology, APOLOGY, optional=True),
    FileKind("feedback", Rating, RATING, optional=True),
    FileKind("petitions", Petition, PETITION, optional=True),
    FileKind("payments", Payment, PAYMENT),
)

"""Made-up histories of a small province, as national lines: everything that moves a boundary or breaks a rule.

The pools are small on purpose, so that lines meet: the same dossier, the same second, the last day of a year.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

KINDS = ("agencies", "services", "dossiers", "progress", "payments")

DAYS = (
    "20201231", "20210103", "20210104",  # the week 2020-W53 ends on 3 January 2021
    "20211231", "20220101", "20220102", "20220103",  # 2022-W01 begins on the 3rd
    "20220331", "20220401", "20220930", "20221231", "20230101",
    "20240228", "20240229", "20240301",
)  # fmt: skip
TIMES = ("000000", "000001", "065959", "070000", "120000", "165959", "170000", "235959")
PERIODS = (
    "2020", "2021", "2022", "2023", "2024", "2020-Q4", "2021-Q1", "2022-Q1", "2022-Q2", "2022-Q3", "2024-Q1",
    "2020-12", "2021-01", "2022-01", "2022-03", "2022-04", "2024-02", "2024-03", "2020-W53", "2021-W01", "2021-W52",
    "2022-W01", "2022-W13", "2024-W09", *(f"{day[:4]}-{day[4:6]}-{day[6:]}" for day in DAYS),
)  # fmt: skip
AGENCIES = ("H07", "H07.1", "H07.14", "H07.14.01", "H09", "H08")  # H07.1 is not above H07.14; nobody describes H08
SERVICES = ("1.000001", "1.000002", "2.000001", "2.000002", "1.999999")
DOSSIERS = tuple(f"{agency}-220101-{n}" for agency in AGENCIES for n in ("0001", "1-2"))

moments = st.one_of(
    st.builds(str.__add__, st.sampled_from(DAYS), st.sampled_from(TIMES)),
    st.builds(str.__add__, st.sampled_from(DAYS[3:7]), st.sampled_from(TIMES[:2])),
)
dues = st.one_of(moments, moments, moments, st.sampled_from(("00010101000000", "99991231235959")))
days = st.sampled_from(DAYS)
procedures = st.builds(
    str.__add__, st.sampled_from(SERVICES), st.sampled_from(("", "", ".H07", ".000.00.00.H07", ".000.00.00.H56"))
)
nothing: st.SearchStrategy[Any] = st.sampled_from((None, ""))
anything = st.sampled_from((None, "", 7, True, [1], {"a": "b"}, "CANARY Nguyễn Văn A", 1.5))


def code(*codes: str) -> st.SearchStrategy[Any]:
    """A code, written as text or as a number."""
    return st.one_of(st.sampled_from(codes), st.sampled_from(codes).map(as_number))


def as_number(text: str) -> Any:
    return int(text) if text.isdigit() and str(int(text)) == text else text


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(values, values, values, nothing)


def record(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Required fields with a value; the others with one, with nothing, or absent."""
    return st.fixed_dictionaries(required, optional={name: maybe(values) for name, values in optional.items()})


yes_no = code("0", "1")
statuses = code(*(str(n) for n in range(1, 11)))
counting = code("2", "9", "10")  # the steps that date something
validity = {"HieuLucTu": days, "HieuLucDen": days}
personal = dict.fromkeys(("ChuHoSo", "SoGiayToChuHoSo", "Email", "Fax", "TrichYeuHoSo", "KhongBiet"), anything)

good: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "agencies": record(
        {"MaDonVi": st.sampled_from(AGENCIES[:-1]), "TenDonVi": st.just("Đơn vị")},
        {
            "MaDonViCha": st.sampled_from(AGENCIES),
            "Cap": st.sampled_from(("tinh", "so", "huyen", "xa")),
            **validity,
        },
    ),
    "services": record(
        {"MaTTHC": procedures, "TenTTHC": st.just("Thủ tục")},
        {
            "MucDo": code("3", "4", "2"), "CapThucHien": st.sampled_from(("tinh", "huyen", "xa")), "CoPhi": yes_no,
            "MotCua": yes_no, "LienThongCungCap": yes_no, "ThoiHanNgayLamViec": code("1", "5", "30"), **validity,
        },
    ),
    "dossiers": record(
        {"MaHoSo": st.sampled_from(DOSSIERS), "MaTTHC": procedures},
        {
            "KenhThucHien": code("2", "2", "1", "3"), "LoaiDoiTuong": code("1", "2"), "NgayNopHoSo": moments,
            "NgayTiepNhan": moments, "NgayHenTra": dues, "TrangThaiHoSo": statuses, "NgayKetThucXuLy": moments,
            "NgayTra": moments, "HinhThuc": yes_no, "DuocThanhToanTrucTuyen": code("0", "1", "2", "3"),
            "DanhSachHoSoBoSung": st.sampled_from(([], [{"NguoiYeuCauBoSung": "C", "NgayBoSung": "20220101000000"}])),
            **personal,
        },
    ),
    "progress": record(
        {"MaHoSo": st.sampled_from(DOSSIERS), "ThoiDiemXuLy": moments, "TrangThai": st.one_of(counting, statuses)},
        {"PhongBanXuLy": st.just("Một cửa"), "NgayBatDau": moments, "NguoiXuLy": anything},
    ),
    "payments": record(
        {
            "MaGiaoDich": st.sampled_from(("T1", "T2", "T3", "T4")), "ThoiGian": moments,
            "MaTrangThai": st.sampled_from(("00", "00", "24")),
            "LoaiGiaoDich": st.sampled_from(("thanh_toan", "thanh_toan", "hoan_phi")),
        },
        {"MaHoSo": st.sampled_from(DOSSIERS), "SoTien": code("0", "20000"), "CongThanhToan": st.just("Cổng")},
    ),
}  # fmt: skip

REQUIRED = {
    "agencies": ("MaDonVi", "TenDonVi"),
    "services": ("MaTTHC", "TenTTHC"),
    "dossiers": ("MaHoSo", "MaTTHC"),
    "progress": ("MaHoSo", "ThoiDiemXuLy", "TrangThai"),
    "payments": ("MaGiaoDich", "ThoiGian", "MaTrangThai", "LoaiGiaoDich"),
}
BAD_MOMENTS = ("20220101240000", "20220101000060", "20220229000000", "20221301000000", "2022010100000", "0", "x" * 14)
BAD_DATES = ("20220229", "20221300", "2022010", "20220101000000", "hôm nay")
BAD_CODES = ("H07", "-1", "H07-", "-", "220101")
BAD: dict[str, tuple[tuple[str, tuple[Any, ...]], ...]] = {
    "agencies": (("Cap", ("ap", 1)), ("HieuLucTu", BAD_DATES), ("HieuLucDen", BAD_DATES)),
    "services": (
        ("ThoiHanNgayLamViec", ("0", "5 ngày", 1000, "05")), ("MucDo", ("1", 5, "04")),
        ("CoPhi", ("2", "có", True)), ("HieuLucTu", BAD_DATES)),
    "dossiers": (
        ("MaHoSo", BAD_CODES), ("KenhThucHien", ("0", 4, "online")), ("NgayTiepNhan", BAD_MOMENTS),
        ("NgayHenTra", BAD_MOMENTS), ("TrangThaiHoSo", ("0", "11")), ("HinhThuc", ("2",)),
    ),
    "progress": (("MaHoSo", BAD_CODES), ("ThoiDiemXuLy", BAD_MOMENTS), ("TrangThai", ("0", 11, "-1", "02"))),
    "payments": (("MaHoSo", BAD_CODES), ("ThoiGian", BAD_MOMENTS), ("LoaiGiaoDich", ("thu", "00"))),
}  # fmt: skip
NO_LINES = (b"{", b"[]", b"null", b"12", b'"x"', b"{}", b"\xff\xfe", b'{"MaHoSo": "H07-1"', b"not json", b"{'a': 1}")
BLANKS = (b"", b"  ", b"\t")


def text(record: Any) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode()


@st.composite
def broken(draw: st.DrawFn, kind: str) -> bytes:
    """A line that must be rejected: no object, a required field missing, or a used one that makes no sense."""
    way = draw(st.sampled_from(("no line", "missing", "senseless")))
    if way == "no line":
        return draw(st.sampled_from(NO_LINES))
    line = draw(good[kind])
    if way == "missing":
        line[draw(st.sampled_from(REQUIRED[kind]))] = draw(nothing)
    else:
        name, values = draw(st.sampled_from(BAD[kind]))
        line[name] = draw(st.sampled_from(values))
    return text(line)


def lines(kind: str, most: int) -> st.SearchStrategy[list[bytes]]:
    """Mostly good lines, some of them repeated later, with broken and blank ones between."""
    fine = good[kind].map(text)
    some = st.lists(st.one_of(*[fine] * 9, broken(kind), st.sampled_from(BLANKS)), max_size=most)
    return st.builds(repeated, some, st.lists(st.integers(0, 99), max_size=4))


def repeated(some: list[bytes], again: list[int]) -> list[bytes]:
    return some + [some[n % len(some)] for n in again if some]


@dataclass(frozen=True)
class History:
    """The lines of each kind in the order of their file, and an order in which they might reach the log."""

    lines: dict[str, list[bytes]]
    arrival: tuple[str, ...]  # kinds: the next line of this kind comes next

    def files(self) -> list[tuple[str, bytes]]:
        return [(f"{kind}.jsonl", b"\n".join(found)) for kind, found in self.lines.items()]

    def arriving(self) -> Iterator[tuple[str, int, bytes]]:
        """(kind, line number, line) in the order of arrival: kinds interleave, each keeps its own order."""
        left = {kind: enumerate(found, 1) for kind, found in self.lines.items()}
        for kind in self.arrival:
            number, line = next(left[kind])
            yield kind, number, line


@st.composite
def histories(draw: st.DrawFn, most: int = 12) -> History:
    sizes = {"agencies": 8, "services": 8, "dossiers": most, "progress": most, "payments": 8}
    found = {kind: draw(lines(kind, sizes[kind])) for kind in KINDS}
    order = [kind for kind in KINDS for _ in found[kind]]
    return History(found, tuple(draw(st.permutations(order))))


periods = st.sampled_from(PERIODS)
agencies = st.sampled_from((None, *AGENCIES))
dimensions = st.sampled_from((None, "agency", "procedure", "channel"))

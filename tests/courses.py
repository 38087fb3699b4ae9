"""Made-up courses of dossiers with all that definitions look at: steps and limits, supplements, letters, payments,
ratings, petitions, and what the national portal has of them. Every line is a good one.

Drawn evenly from small pools: Hypothesis' own draws are so often alike that most definitions would count nothing.
"""

import json
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from tests.strategies import TIMES, History

AGENCIES = ("H07", "H07.14")
SERVICES = tuple(f"1.00000{n}" for n in range(1, 8))
DAYS = (
    "20211214", "20211215", "20211231", "20220101", "20220102", "20220103", "20220104", "20220105", "20220109",
    "20220110", "20220114", "20220115",
)  # fmt: skip
"""Around the edges of the periods; the first three of January are days off."""
PERIODS = (
    "2021", "2022", "2022", "2021-12", "2022-01", "2022-01", "2022-W01", "2022-01-04", "2022-Q1", "2022-BC01",
    "2022-BCQ1", "2022-BC9M",
)  # fmt: skip
FLAGS = (
    "CoPhi", "MotCua", "LienThong", "QuyTrinhDienTu", "BuuChinh", "DungChungNhieuCap", "LienThongCungCap",
    "LienThongKhacCap", "GiaiQuyetTaiCho", "CatGiamThoiGian",
)  # fmt: skip
RATED = (("chung", "thuan_tien", "kip_thoi", "ho_tro"), ("rat_hai_long", "hai_long", "chua_hai_long"))
FAR = ("00010101000000", "99991231235959")

Record = dict[str, Any]


@dataclass(frozen=True)
class Exported:
    """What the portal has of the dossiers received from one day to another: of each the moment of its sync, if told."""

    covers: tuple[date, date]
    synced: dict[str, str | None]


@dataclass(frozen=True)
class Probe:
    """How often a page of the portal was asked for from outside in a minute, and how often it answered as expected."""

    minute: str
    asked: int
    answered: int


@dataclass(frozen=True)
class Chance:
    """Even draws."""

    rng: Random

    def of(self, *values: Any) -> Any:
        return self.rng.choice(values)

    def moment(self) -> str:
        return self.of(*DAYS) + self.of(*TIMES)

    def maybe(self, value: Any) -> Any:
        """Mostly something."""
        return value if self.rng.random() < 0.8 else None

    def some(self, kinds: tuple[Any, ...], share: float = 0.5) -> list[Any]:
        return [one for one in kinds if self.rng.random() < share]

    def supplement(self) -> Record:
        return {
            "NgayBoSung": self.moment(),
            "NgayTiepNhanBoSung": self.maybe(self.moment()),
            "NgayHenTraTruoc": self.of(None, "20220102170000", "20220104170000"),
            "NgayHenTraMoi": self.of(None, None, "20220104170000"),
        }

    def dossier(self, code: str) -> Record:
        return {
            "MaHoSo": code,
            "MaTTHC": self.of(*SERVICES),
            "KenhThucHien": self.of("1", "2", "2", "2", "3", None),
            "NgayNopHoSo": self.maybe(self.moment()),
            "DuocThanhToanTrucTuyen": self.of("0", "1", "2", "3", None),
            "HoSoCoThanhPhanSoHoa": self.of("0", "1", None),
            "HinhThuc": self.of("0", "1", None),
            "NgayTiepNhan": self.maybe(self.moment()),
            "NgayHenTra": self.due(),
            "NgayKetThucXuLy": self.of(self.moment(), None, None),
            "DanhSachHoSoBoSung": [self.supplement() for _ in range(self.of(0, 0, 0, 1, 2))],
        }

    def due(self) -> str | None:
        return self.of(*(self.moment() for _ in range(8)), None, *FAR)

    def steps(self, code: str) -> list[Record]:
        status = self.of("2", "4", "5", "5", "5", "6", "7", "8", "9", "9", "10", "10", "3", "1")
        found = {(status, self.moment()) for _ in range(self.of(0, 1, 2, 3, 4, 5))}
        found |= {(self.of("2", "4", "5", "7", "9", "10"), self.moment()) for _ in range(self.of(0, 1, 2, 3))}
        return [
            {"MaHoSo": code, "TrangThai": one, "ThoiDiemXuLy": at, "NgayKetThucTheoQuyDinh": self.maybe(self.moment())}
            for one, at in sorted(found)
        ]

    def service(self, code: str) -> Record:
        return {
            "MaTTHC": code,
            "TenTTHC": "Thủ tục",
            "MucDo": self.of("2", "3", "4", "4"),
            **{name: self.of("0", "1", "1", None) for name in FLAGS},
            "CapThucHien": self.of("tinh", "huyen", "xa"),
            "HieuLucTu": self.of(None, None, None, *DAYS[:8]),
            "HieuLucDen": self.of(*[None] * 9, *DAYS[5:8]),
            "ThoiHanNgayLamViec": self.of("1", "60", None),
            "ThoiHanTrucTuyenNgayLamViec": self.of("2", None),
        }

    def payment(self, code: str) -> Record:
        return {
            "MaGiaoDich": f"T{self.rng.randrange(20)}",
            "ThoiGian": self.moment(),
            "MaTrangThai": self.of("00", "00", "00", "24"),
            "LoaiGiaoDich": self.of("thanh_toan", "thanh_toan", "thanh_toan", "hoan_phi"),
            "MaHoSo": self.maybe(code),
            "SoTien": self.of("0", "20000", "5000", None),
        }

    def ratings(self, code: str) -> list[Record]:
        """No two answers to a question in one moment."""
        asked = {(self.of(*RATED[0]), self.moment()) for _ in range(8)}
        return [
            {"MaHoSo": code, "CauHoi": question, "ThoiDiemDanhGia": at, "MucDoHaiLong": self.of(*RATED[1])}
            for question, at in sorted(asked)
        ]

    def petition(self, number: int, code: str) -> Record:
        return {
            "MaPAKN": f"P{number}",
            "NgayTiepNhan": self.moment(),
            "MaDonVi": self.of(*AGENCIES, None),
            "MaHoSo": self.maybe(code),
            "Loai": self.of("quy_dinh", "hanh_vi", None),
            "NgayXuLy": self.maybe(self.moment()),
            "NgayCongKhai": self.of(None, self.moment()),
            "KetQuaXuLy": self.of("tra_loi", "tu_choi", "chuyen", "bo_sung", None),
            "SoLuotHaiLong": self.of(None, "0", "3", "5"),
            "SoLuotKhongHaiLong": self.of(None, "0", "3", "5"),
            "LapLai": self.of("0", "0", "1", None),
        }

    def letters(self, codes: tuple[str, ...]) -> list[Record]:
        return [{"MaHoSo": code, "NgayGuiThuXinLoi": self.moment()} for code in codes for _ in range(self.of(0, 1, 2))]

    def records(self, codes: tuple[str, ...]) -> dict[str, list[Record]]:
        """A register of letters, ratings or petitions may be missing."""
        dossiers = [self.dossier(code) for code in codes]
        moved = [{name: one[name] for name in ("MaHoSo", "MaTTHC")} for one in self.some(tuple(dossiers))]
        return {
            "agencies": [],
            "services": [self.service(self.of(*SERVICES)) for _ in range(12)],
            "dossiers": [*dossiers, *({**one, "NgayHenTra": self.due()} for one in moved)],
            "progress": [step for code in codes for step in self.steps(code)],
            "payments": [self.payment(code) for code in codes],
            "apologies": self.of([], self.letters(codes), self.letters(codes)),
            "feedback": self.of([], [one for code in self.some(codes) for one in self.ratings(code)]),
            "petitions": self.of([], [self.petition(n, code) for n, code in enumerate(self.some(codes, 0.7))]),
        }


def history(rng: Random, dossiers: int) -> History:
    chance = Chance(rng)
    records = chance.records(tuple(f"{chance.of(*AGENCIES)}-220101-{n}" for n in range(dossiers)))
    lines = {kind: [json.dumps(one).encode() for one in found] for kind, found in records.items()}
    return History(lines, tuple(kind for kind in lines for _ in lines[kind]))


def exported(history: History, rng: Random) -> Exported | None:
    """Perhaps: most of the dossiers that say when they were received."""
    chance, told = Chance(rng), (json.loads(line) for line in history.lines["dossiers"])
    codes = tuple(one["MaHoSo"] for one in told if one.get("NgayTiepNhan"))
    covers = (date.fromisoformat(chance.of(*DAYS[:5])), date.fromisoformat(chance.of(*DAYS[5:])))
    return chance.of(None, Exported(covers, {code: chance.maybe(chance.moment()) for code in chance.some(codes, 0.7)}))


def probes(rng: Random) -> tuple[Probe, ...]:
    """No two of one minute."""
    chance = Chance(rng)
    minutes = sorted({chance.of(*DAYS) + chance.of("000000", "070000", "235900") for _ in range(12)})
    return tuple(Probe(minute, 3, chance.of(0, 1, 2, 3)) for minute in minutes)

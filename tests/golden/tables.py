"""Tables that an official can read, as lines of a drop folder and as expectations."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.strategies import KINDS, History

HERE = Path(__file__).parent
AGENCY, PROCEDURE, DAY = "H99.01", "1.000001", "260601"
SERVICE = {
    "MaTTHC": PROCEDURE, "TenTTHC": "Thủ tục mẫu", "MucDo": "4", "CapThucHien": "tinh", "HieuLucTu": "20200101",
    "ThoiHanNgayLamViec": "5",
}  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """What a definition has to read, and which dossiers of its denominator it counts; empty lists are not checked."""

    kpi: str
    numerator: int
    denominator: int | None
    display: str
    counted: set[str]
    others: set[str]


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figures(name: str) -> list[Figure]:
    return [
        Figure(
            row["định nghĩa"],
            int(row["tử số"]),
            int(row["mẫu số"]) if row["mẫu số"] else None,
            row["hiển thị"],
            set(row["hồ sơ được tính"].split()),
            set(row["hồ sơ không được tính"].split()),
        )
        for row in rows(name)
    ]


def code(letter: str) -> str:
    return f"{AGENCY}-{DAY}-{letter}"


def letter_of(dossier: str) -> str:
    return dossier.rpartition("-")[2]


def moment(text: str) -> str | None:
    """`2026-06-01 08:00` as the national records write it."""
    return text.replace("-", "").replace(" ", "").replace(":", "") + "00" if text else None


def history(name: str, services: tuple[dict[str, Any], ...] = (SERVICE,)) -> History:
    told = rows(name)
    records = {
        "services": list(services),
        "dossiers": [dossier(row) for row in told],
        "progress": [step for row in told for step in steps(row)],
        "apologies": [letter(row) for row in told if row.get("thư xin lỗi")],
    }
    kinds = (*KINDS, "apologies")
    lines = {kind: [json.dumps(one).encode() for one in records.get(kind, [])] for kind in kinds}
    return History(lines, tuple(kind for kind in kinds for _ in lines[kind]))


def dossier(row: dict[str, str]) -> dict[str, Any]:
    """Further columns go by the national field's own name."""
    national = {name: value for name, value in row.items() if name[0].isupper() and value}
    return {
        "MaHoSo": code(row["hồ sơ"]),
        "MaTTHC": PROCEDURE,
        "KenhThucHien": row["kênh"] or None,
        "NgayTiepNhan": moment(row["tiếp nhận"]),
        "NgayHenTra": moment(row["hẹn trả"]),
        "DanhSachHoSoBoSung": list(supplements(row.get("các lần bổ sung", ""))),
        **national,
    }


def supplements(told: str) -> Iterator[dict[str, Any]]:
    """`asked > came | due before > due after; …`"""
    for one in filter(None, told.split("; ")):
        (asked, came), (before, after) = (part.split(" > ") for part in one.split(" | "))
        moments = {"NgayBoSung": asked, "NgayTiepNhanBoSung": came, "NgayHenTraTruoc": before, "NgayHenTraMoi": after}
        yield {name: moment(at) for name, at in moments.items()}


def letter(row: dict[str, str]) -> dict[str, Any]:
    return {"MaHoSo": code(row["hồ sơ"]), "NgayGuiThuXinLoi": moment(row["thư xin lỗi"])}


def steps(row: dict[str, str]) -> Iterator[dict[str, Any]]:
    """`status moment`, or `status moment ≤ limit`."""
    for step in filter(None, (part.strip() for part in row["các bước"].split(";"))):
        status, _, told = step.partition(" ")
        at, _, limit = told.partition(" ≤ ")
        yield {
            "MaHoSo": code(row["hồ sơ"]), "ThoiDiemXuLy": moment(at), "TrangThai": status,
            "NgayKetThucTheoQuyDinh": moment(limit),
        }  # fmt: skip

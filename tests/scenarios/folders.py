"""Drop folders that come out at the published figures, with everything beside them that must not count.

A folder is a function of its numbers: no chance is involved, and dossiers are spread over days, agencies and services
by their number.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.scenarios.published import BEN_TRE, CRIMINAL_RECORD, DIEN_BIEN, Published

Record = dict[str, Any]


def of(published: tuple[Published, ...], kpi: str, period: str) -> tuple[int, int]:
    """The printed counts of a KPI in a period."""
    found = next(each for each in published if (each.kpi, each.period) == (kpi, period))
    return found.numerator, found.denominator or 0


def moment(at: datetime) -> str:
    return f"{at:%Y%m%d%H%M%S}"


def spread(year: int, number: int) -> datetime:
    """Some moment of the year; number 0 is its first second and number 1 its last."""
    first, last = datetime(year, 1, 1), datetime(year, 12, 31, 23, 59, 59)  # noqa: DTZ001 - civil time
    return {0: first, 1: last}.get(number, first + timedelta(seconds=number * 7919 * 61 % (364 * 86_400)))


def dossier(agency: str, procedure: str, number: int, received: datetime, channel: str | None) -> Record:
    due, late = received + timedelta(days=5), number % 50 == 0
    return {
        "MaHoSo": f"{agency}-{received:%y%m%d}-{number:05d}",
        "MaTTHC": procedure + ("", ".H07", ".000.00.00.H07")[number % 3],
        "KenhThucHien": channel,
        "ChuHoSo": f"Nguyễn Văn Mẫu {number}",
        "NgayTiepNhan": moment(received),
        "NgayHenTra": moment(due),
        "NgayKetThucXuLy": moment(due + timedelta(seconds=late)),
    }


def steps(record: Record) -> Iterator[Record]:
    """The record says the same, so these change no figure."""
    yield {"MaHoSo": record["MaHoSo"], "ThoiDiemXuLy": record["NgayKetThucXuLy"], "TrangThai": "9"}
    yield {"MaHoSo": record["MaHoSo"], "ThoiDiemXuLy": record["NgayTiepNhan"], "TrangThai": "2"}


def service(procedure: str, level: str, since: str = "20150101", until: str | None = None) -> Record:
    return {
        "MaTTHC": procedure, "TenTTHC": f"Thủ tục {procedure}", "MucDo": level, "HieuLucTu": since, "HieuLucDen": until,
    }  # fmt: skip


def write(folder: Path, name: str, records: Iterable[Record]) -> None:
    with (folder / f"{name}.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def agencies(province: str, count: int) -> list[Record]:
    tree = [{"MaDonVi": province, "TenDonVi": "UBND tỉnh", "MaDonViCha": None, "Cap": "tinh"}]
    below = [f"{province}.{n:02d}" for n in range(1, count + 1)]
    return tree + [{"MaDonVi": code, "TenDonVi": f"Đơn vị {code}", "MaDonViCha": province} for code in below]


def ben_tre(folder: Path) -> None:
    """The year 2022 and something of the years beside it."""
    used, online_services = of(BEN_TRE, "services_with_dossiers", "2022")
    in_force = [f"1.{100_000 + n}" for n in range(online_services)]
    plain = [f"3.{100_000 + n}" for n in range(60)]  # level 2: they have dossiers, many of them online
    ended = [f"4.{100_000 + n}" for n in range(10)]  # in force until 30 December: in no denominator of the year
    catalogue = [service(code, "43"[n % 2]) for n, code in enumerate(in_force)]
    catalogue += [service(in_force[n], "2", "20140101", "20141231") for n in range(20)]
    catalogue += [service(code, "2") for code in plain] + [service(code, "4", until="20221230") for code in ended]
    write(folder, "agencies", agencies("H07", 12))
    write(folder, "services", catalogue)
    counted = list(_ben_tre_counted(in_force[:used]))
    beside = [dossier(f"H07.{n % 12 + 1:02d}", plain[n % 60], 100_000 + n, spread(2022, n), "2") for n in range(5000)]
    beside += [
        dossier(f"H07.{n % 12 + 1:02d}", in_force[n % online_services], 200_000 + n, spread(year, n), "12"[n % 2])
        for n in range(4000)
        for year in (2021, 2023)
    ]
    write(folder, "dossiers", _with_corrections([*counted, *beside]))
    write(folder, "progress", (step for record in counted[::3] for step in steps(record)))
    write(folder, "payments", _ben_tre_payments())


def _ben_tre_counted(used: list[str]) -> Iterator[Record]:
    online, received = of(BEN_TRE, "online_submission_rate", "2022")
    for n in range(received):
        channel = "2" if n < online else ("1", "1", "1", "3", None)[n % 5]
        yield dossier(f"H07.{n % 12 + 1:02d}", used[n % len(used)], n, spread(2022, n), channel)


def _with_corrections(records: list[Record]) -> Iterator[Record]:
    """Every seventh comes first with another channel, every eleventh twice."""
    for n, record in enumerate(records):
        if n % 7 == 0 and record["KenhThucHien"] is not None:
            yield record | {"KenhThucHien": "1", "NgayHenTra": None}
        yield record
        if n % 11 == 0:
            yield record | {"KenhThucHien": None}


def _ben_tre_payments() -> Iterator[Record]:
    count, _ = of(BEN_TRE, "payment_transactions", "2022")
    for n in range(count):
        paid = _payment(n, spread(2022, n), "00")
        if n % 9 == 0:
            yield paid | {"MaTrangThai": "24", "ThoiGian": moment(spread(2021, n))}  # it failed first
        yield paid
        if n % 5 == 0:
            yield paid | {"ThoiGian": moment(spread(2023, n))}  # told again, later
        if n % 20 == 0:
            yield paid | {"LoaiGiaoDich": "hoan_phi", "ThoiGian": moment(spread(2022, n + 2))}
    for n in range(count, count + 300):
        yield _payment(n, spread(2022, n), "24")  # never succeeded
        yield _payment(n + 1000, spread(2021, n), "00")  # the year before
        yield _payment(n + 1000, spread(2022, n), "00")  # and told again in 2022
        yield _payment(n + 2000, spread(2022, n), "00") | {"LoaiGiaoDich": "hoan_phi"}


def _payment(number: int, at: datetime, result: str) -> Record:
    return {
        "MaGiaoDich": f"GD{number:06d}", "ThoiGian": moment(at), "MaTrangThai": result, "LoaiGiaoDich": "thanh_toan",
        "MaHoSo": f"H07.01-220101-{number:05d}" if number % 3 else None, "SoTien": 20_000,
    }  # fmt: skip


def dien_bien(folder: Path) -> None:
    """Criminal-record certificates of 2018 and 2019, among other services of the same agencies."""
    other = "1.000894"
    write(folder, "agencies", agencies("H18", 10))
    write(folder, "services", [service(CRIMINAL_RECORD, "3"), service(other, "4"), service("1.000001", "2")])
    write(folder, "dossiers", _with_corrections([*_certificates(), *_others(other)]))


def _certificates() -> Iterator[Record]:
    for year in (2018, 2019):
        online, received = of(DIEN_BIEN, "online_submission_rate", str(year))
        for n in range(received):
            yield dossier("H18.01", CRIMINAL_RECORD, n, spread(year, n), "2" if n < online else "1")


def _others(procedure: str) -> Iterator[Record]:
    for n in range(3000):
        yield dossier("H18.02", procedure, n, spread(2018 + n % 2, n), "2")
        yield dossier("H18.01", "1.000001", 50_000 + n, spread(2018 + n % 2, n), "2")

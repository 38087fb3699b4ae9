"""What Hậu Giang printed of its catalogue and Điện Biên of its online services: the figures, and lines that hold them.

Everything beside a figure is made up: which procedure is shared or interlinked follows from its number alone.
"""

import json
from collections.abc import Iterator

from tests.scenarios.folders import Record, dossier, moment, service, spread
from tests.scenarios.published import REVIEW, Published
from tests.strategies import KINDS, History

REPORT = "Hậu Giang, ba năm thực hiện Nghị quyết 03-NQ/TU, 21/1/2024 (004_62a13b712d168bac)"
REPORTED = "2024-01-21"
UNTIL = "2020-07-10"


def hau_giang(kpi: str, numerator: int, denominator: int | None, display: str) -> Published:
    return Published("Hậu Giang", REPORTED, f"catalogue_{kpi}", numerator, denominator, display, REPORT)


def dien_bien(period: str, kpi: str, numerator: int, denominator: int | None, display: str) -> Published:
    return Published("Điện Biên", period, kpi, numerator, denominator, display, REVIEW)


ALL = 1854
HAU_GIANG = (
    hau_giang("all", ALL, None, "1.854"),
    hau_giang("province", 1434, None, "1.434"),
    hau_giang("province_share", 1434, ALL, "77,3 %"),
    hau_giang("district_share", 265, ALL, "14,2 %"),
    hau_giang("commune_share", 155, ALL, "8,3 %"),
    hau_giang("shared", 114, ALL, "6,1 %"),
    hau_giang("within_level", 1407, ALL, "75,8 %"),
    hau_giang("between_levels", 420, ALL, "22,6 %"),
    hau_giang("electronic", ALL, ALL, "100,0 %"),
    hau_giang("one_stop", ALL, ALL, "100,0 %"),
    hau_giang("on_the_spot", 151, None, "151"),
    hau_giang("time_cut", 354, None, "354"),
)
RECEIVED, PROCESSED, ONLINE_2018 = 19_568, 17_025, 1326
DIEN_BIEN = (
    dien_bien("2018", "catalogue_online", 128, None, "128"),
    dien_bien("2018", "dossiers_received_online", ONLINE_2018, None, "1.326"),
    dien_bien(UNTIL, "catalogue_online", 561, None, "561"),
    dien_bien(UNTIL, "catalogue_level_3_share", 236, 561, "42,0 %"),
    dien_bien(UNTIL, "catalogue_level_4_share", 325, 561, "57,9 %"),
    dien_bien("2020", "dossiers_received", RECEIVED, None, "19.568"),
    dien_bien("2020", "dossiers_processed", PROCESSED, None, "17.025"),
    dien_bien("2020", "dossiers_processed_share", PROCESSED, RECEIVED, "87,0 %"),
)
"""Which years the 19,568 dossiers are of is not said: here they are those of 2020."""


def flag(holds: bool) -> str:
    return "1" if holds else "0"


def hau_giang_lines() -> History:
    """Interlinked within a level and between levels is no partition: some are both, some neither."""
    levels = ["tinh"] * 1434 + ["huyen"] * 265 + ["xa"] * 155
    found = [
        service(f"1.{n:06d}", "432"[n % 3])
        | {
            "CapThucHien": level, "MotCua": "1", "QuyTrinhDienTu": "1",
            "DungChungNhieuCap": flag(n % 16 == 0 and n < 1824),
            "LienThongCungCap": flag(n < 1407), "LienThongKhacCap": flag(n >= ALL - 420 - 7 and n < ALL - 7),
            "GiaiQuyetTaiCho": flag(n < 151), "CatGiamThoiGian": flag(200 <= n < 554),
        }
        for n, level in enumerate(levels)
    ]  # fmt: skip
    ended = [service(f"3.{n:06d}", "4", until="20240120") | {"CapThucHien": "tinh"} for n in range(20)]
    return history(services=found + ended)


def dien_bien_lines() -> History:
    """128 services of 2018, one of which fell to level 2 in 2019; 434 came later."""
    early = [service(f"1.{n:06d}", "3") for n in range(128)]
    early.append(service("1.000127", "2", "20190101"))
    later = [service(f"2.{n:06d}", "3" if n < 109 else "4", "20190601") for n in range(434)]
    return history(services=early + later, dossiers=list(_dien_bien_dossiers()))


def _dien_bien_dossiers() -> Iterator[Record]:
    for n in range(ONLINE_2018):
        yield dossier("H18.01", f"1.{n % 128:06d}", n, spread(2018, n), "2")
        yield dossier("H18.02", f"1.{n % 128:06d}", 50_000 + n, spread(2018, n), "1")
    for n in range(RECEIVED):
        code = f"2.{n % 434:06d}" if n % 3 else f"1.{n % 127:06d}"
        one = dossier("H18.03", code, n, spread(2020, n), "12"[n % 2])
        after = min(one["NgayKetThucXuLy"], "20201231235959") if n < PROCESSED else moment(spread(2021, n))
        yield one | {"NgayKetThucXuLy": after if n < PROCESSED or n % 2 else None}
    for n in range(500):
        yield dossier("H18.03", "1.000127", 90_000 + n, spread(2020, n), "2")  # no online service any more


def history(**records: list[Record]) -> History:
    lines = {kind: [json.dumps(one).encode() for one in records.get(kind, [])] for kind in KINDS}
    return History(lines, tuple(kind for kind in KINDS for _ in lines[kind]))

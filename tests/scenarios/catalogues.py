"""What Hậu Giang printed of its catalogue and Điện Biên of its online services: the figures, and lines that hold them.

Everything beside a figure is made up: which procedure is shared or interlinked follows from its number alone.
"""

import json
from collections.abc import Iterator

from tests.scenarios.folders import Record, dossier, moment, service, spread
from tests.scenarios.published import of
from tests.strategies import KINDS, History

ALL = 1854
HAU_GIANG, DIEN_BIEN = of("Hậu Giang"), of("Điện Biên")
RECEIVED, PROCESSED, ONLINE_2018 = 19_568, 17_025, 1326
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

"""The made-up province itself: its tree of agencies and its catalogue of services."""

# ruff: noqa: PLR2004 - shares of a made-up province, read where they stand

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

from ingest.simulate.names import (
    ACTIONS,
    COMMUNES,
    COMMUNES_EACH,
    DEPARTMENTS,
    DISTRICTS,
    FIELDS,
    PROVINCE,
    PROVINCE_NAME,
)

Record = dict[str, object]
T = TypeVar("T")

CATALOGUE = 1431
TERMS = (1, 3, 5, 7, 10, 15, 20)  # working days a service may take
USED = 0.42  # the share of the catalogue that anybody ever asks for


@dataclass(frozen=True, slots=True)
class Service:
    """What the course of its dossiers needs to know about a service."""

    code: str
    offices: "Chooser[str]"
    online: float  # how readily people file it online
    term: int
    fee: int  # 0: free of charge


class Chooser(Generic[T]):
    """Picks one of several by weight, from a number between 0 and 1."""

    def __init__(self, things: Sequence[T], weights: Sequence[float]) -> None:
        self.things = things
        self.sums = list(accumulate(weights))

    def pick(self, chance: float) -> T:
        return self.things[bisect(self.sums, chance * self.sums[-1])]


@dataclass(frozen=True, slots=True)
class Province:
    agencies: list[Record]
    services: list[Record]
    used: Chooser[Service]
    late: dict[str, float]  # how often each agency is late


def province(rng: Random, services: int, year: int) -> Province:
    """Agencies and `services` services as they stand in `year`, some of them changing during it."""
    agencies = _agencies(year)
    codes = {tier: [str(a["MaDonVi"]) for a in agencies if a["Cap"] == tier] for tier in ("so", "huyen", "xa")}
    offices = {
        "huyen": Chooser(codes["huyen"], [rng.uniform(0.6, 2) for _ in codes["huyen"]]),
        "xa": Chooser(codes["xa"], [rng.uniform(0.3, 2) for _ in codes["xa"]]),
    }
    records, used = [], []
    for n in range(services):
        record, service = _service(rng, n, offices, codes["so"])
        records += _versions(rng, record, n, year)
        if n < max(3, services * USED):
            used.append(service)
    chooser = Chooser(used, [1 / (n + 2) for n in range(len(used))])
    return Province(agencies, records, chooser, _lateness(rng, [str(a["MaDonVi"]) for a in agencies]))


def _agency(code: str, name: str, parent: str | None, tier: str) -> Record:
    return {"MaDonVi": code, "TenDonVi": name, "MaDonViCha": parent, "Cap": tier, "HieuLucTu": "20150101"}


def _agencies(year: int) -> list[Record]:
    tree = [_agency(PROVINCE, PROVINCE_NAME, None, "tinh")]
    for n, name in enumerate(DEPARTMENTS, 1):
        tree.append(_agency(f"{PROVINCE}.{n:02d}", f"Sở {name}", PROVINCE, "so"))
    for n, (name, communes) in enumerate(zip(DISTRICTS, COMMUNES_EACH, strict=True), len(DEPARTMENTS) + 1):
        code = f"{PROVINCE}.{n}"
        tree.append(_agency(code, f"UBND huyện {name}", PROVINCE, "huyen"))
        tree += [
            _agency(f"{code}.{m:02d}", f"UBND xã {COMMUNES[m - 1]}, huyện {name}", code, "xa")
            for m in range(1, communes + 1)
        ]
    moved = tree[-1] | {"MaDonViCha": f"{PROVINCE}.20", "HieuLucTu": f"{year}0701"}
    return [*tree, moved]  # a commune that changes its district in mid-year, and keeps its code


def _lateness(rng: Random, codes: list[str]) -> dict[str, float]:
    late = {code: rng.uniform(0.002, 0.015) for code in codes}
    for code in rng.sample(codes[1:], 11):
        late[code] = rng.uniform(0.04, 0.12)
    return late


def _service(rng: Random, n: int, offices: dict[str, Chooser[str]], departments: list[str]) -> tuple[Record, Service]:
    field = n % len(FIELDS)
    name, department, objects = FIELDS[field]
    tier = rng.choices(("tinh", "huyen", "xa"), (0.45, 0.3, 0.25))[0]
    level = rng.choices(("2", "3", "4"), (0.15, 0.4, 0.45))[0]
    fee = rng.choice((0, 0, 8_000, 30_000, 100_000, 500_000))
    subject = objects[n // len(FIELDS) % len(objects)]
    action = ACTIONS[n // (len(FIELDS) * len(objects)) % len(ACTIONS)]
    code = f"{1 + n % 2}.{100_000 + n * 7:06d}"
    record: Record = {
        "MaTTHC": f"{code}.000.00.00.{PROVINCE}", "TenTTHC": f"{action} {subject} ({tier}, {n + 1})",
        "MaLinhVuc": f"LV{field + 1:02d}", "TenLinhVuc": name, "CapThucHien": tier, "MucDo": level,
        "CoPhi": "1" if fee else "0", "MotCua": "1", "LienThong": str(int(rng.random() < 0.2)),
        "QuyTrinhDienTu": str(int(rng.random() < 0.9)), "BuuChinh": str(int(rng.random() < 0.7)),
        "HieuLucTu": "20160101", "HieuLucDen": None,
    }  # fmt: skip
    where = Chooser([departments[department - 1]], [1]) if tier == "tinh" else offices[tier]
    online = rng.uniform(0.0, 0.15) if level == "2" else rng.triangular(0.05, 1.0, 0.45)
    return record, Service(code, where, online, rng.choice(TERMS), fee)


def _versions(rng: Random, record: Record, n: int, year: int) -> list[Record]:
    """Most services stay as they are; some rise to level 4 in the year, some come to their end."""
    chance = rng.random() if n > 2 else 1.0  # the three most wanted stay
    day = f"{date(year, rng.randint(2, 11), 1):%Y%m%d}"
    if chance < 0.02:
        return [record | {"MucDo": "2"}, record | {"MucDo": "4", "HieuLucTu": day}]
    if chance < 0.03:
        return [record | {"HieuLucDen": day}]
    return [record]

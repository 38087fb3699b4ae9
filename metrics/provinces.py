"""The provinces: 34 since 1 July 2025, and which of the 63 before went where (QĐ 19/2025/QĐ-TTg; NQ 202/2025/QH15).

Area codes say where, agency codes (`H56`) say who: two systems. The 34 took over codes that other provinces had before:
15 was Yên Bái and is Lào Cai, 82 was Tiền Giang and is Đồng Tháp. So a code means something only with a day.
Each of the 63 went to one province whole, so the share of every link is 1. There are no districts any more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from metrics.breaks import REFORM


@dataclass(frozen=True, slots=True)
class Province:
    """`merged`: code and name of each of the 63 that it was made of, itself among them under its former code."""

    code: str
    name: str
    merged: tuple[tuple[str, str], ...]


def _made(code: str, name: str, *before: str) -> Province:
    return Province(code, name, tuple((each[:2], each[3:]) for each in before or (f"{code} {name}",)))


PROVINCES = (
    _made("01", "Hà Nội"),
    _made("04", "Cao Bằng"),
    _made("08", "Tuyên Quang", "02 Hà Giang", "08 Tuyên Quang"),
    _made("11", "Điện Biên"),
    _made("12", "Lai Châu"),
    _made("14", "Sơn La"),
    _made("15", "Lào Cai", "10 Lào Cai", "15 Yên Bái"),
    _made("19", "Thái Nguyên", "06 Bắc Kạn", "19 Thái Nguyên"),
    _made("20", "Lạng Sơn"),
    _made("22", "Quảng Ninh"),
    _made("24", "Bắc Ninh", "24 Bắc Giang", "27 Bắc Ninh"),
    _made("25", "Phú Thọ", "17 Hòa Bình", "25 Phú Thọ", "26 Vĩnh Phúc"),
    _made("31", "Hải Phòng", "30 Hải Dương", "31 Hải Phòng"),
    _made("33", "Hưng Yên", "33 Hưng Yên", "34 Thái Bình"),
    _made("37", "Ninh Bình", "35 Hà Nam", "36 Nam Định", "37 Ninh Bình"),
    _made("38", "Thanh Hóa"),
    _made("40", "Nghệ An"),
    _made("42", "Hà Tĩnh"),
    _made("44", "Quảng Trị", "44 Quảng Bình", "45 Quảng Trị"),
    _made("46", "Huế", "46 Thừa Thiên Huế"),
    _made("48", "Đà Nẵng", "48 Đà Nẵng", "49 Quảng Nam"),
    _made("51", "Quảng Ngãi", "51 Quảng Ngãi", "62 Kon Tum"),
    _made("52", "Gia Lai", "52 Bình Định", "64 Gia Lai"),
    _made("56", "Khánh Hòa", "56 Khánh Hòa", "58 Ninh Thuận"),
    _made("66", "Đắk Lắk", "54 Phú Yên", "66 Đắk Lắk"),
    _made("68", "Lâm Đồng", "60 Bình Thuận", "67 Đắk Nông", "68 Lâm Đồng"),
    _made("75", "Đồng Nai", "70 Bình Phước", "75 Đồng Nai"),
    _made("79", "Hồ Chí Minh", "74 Bình Dương", "77 Bà Rịa - Vũng Tàu", "79 Hồ Chí Minh"),
    _made("80", "Tây Ninh", "72 Tây Ninh", "80 Long An"),
    _made("82", "Đồng Tháp", "82 Tiền Giang", "87 Đồng Tháp"),
    _made("86", "Vĩnh Long", "83 Bến Tre", "84 Trà Vinh", "86 Vĩnh Long"),
    _made("91", "An Giang", "89 An Giang", "91 Kiên Giang"),
    _made("92", "Cần Thơ", "92 Cần Thơ", "93 Hậu Giang", "94 Sóc Trăng"),
    _made("96", "Cà Mau", "95 Bạc Liêu", "96 Cà Mau"),
)

SUCCESSOR = MappingProxyType({name: province for province in PROVINCES for _, name in province.merged})
"""By the name it had among the 63."""


def named(code: str, day: date) -> str | None:
    """Which province an area code meant on a day."""
    return dict(_codes(day)).get(code)


def _codes(day: date) -> Iterator[tuple[str, str]]:
    for province in PROVINCES:
        if day >= REFORM:
            yield province.code, province.name
        else:
            yield from province.merged

"""What `nhip units` lists: agencies over time from the store, provinces and communes from data that is built in."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from clickhouse_connect.driver.client import Client
from rich.console import Console
from rich.table import Table
from rich.text import Text
from vietnam_provinces import Ward

from dashboards import units
from dashboards.agencies import agencies
from deploy.output import say_json
from metrics.provinces import PROVINCES

Rows = list[dict[str, Any]]

TITLES = {
    "list": "Đơn vị qua các thời kỳ",
    "succession": "Đơn vị cũ → đơn vị mới",
    "aliases": "Cách viết khác của mã đơn vị",
    "provinces": "Tỉnh, thành phố từ 1/7/2025",
    "communes": "Xã, phường, đặc khu",
}


def listed(client: Client) -> Rows:
    """By its newest name: a list over all time has no one day."""
    links, names = units.links(client), agencies(client, date.max)
    return [
        {
            "agency": agency,
            "name": names[agency].name,
            "from": _day(life.begun),
            "to": _day(life.ended),
            "predecessors": [each.predecessor for each in links if each.successor == agency],
            "successors": [each.successor for each in links if each.predecessor == agency],
        }
        for agency, life in sorted(units.known(client).items())
    ]


def succession(client: Client) -> Rows:
    return [
        {
            "predecessor": each.predecessor,
            "successor": each.successor,
            "date": each.day.isoformat(),
            "share": float(each.share),
        }
        for each in units.links(client)
    ]


def aliases(client: Client) -> Rows:
    return [
        {"agency": each.agency, "written": each.written, "from": _day(each.valid_from), "to": _day(each.valid_to)}
        for each in units.aliases(client)
    ]


def provinces(_: str | None) -> Rows:
    communes = [int(each.province_code) for each in Ward.iter_all()]
    return [
        {
            "code": each.code,
            "name": each.name,
            "communes": communes.count(int(each.code)),
            "before": [f"{code} {name}" for code, name in each.merged],
        }
        for each in PROVINCES
    ]


def communes(province: str | None) -> Rows:
    found = [each for each in Ward.iter_all() if f"{each.province_code:02d}" == province]
    return [{"code": f"{each.code:05d}", "name": each.name} for each in sorted(found, key=lambda each: int(each.code))]


STORED: Mapping[str, Callable[[Client], Rows]] = MappingProxyType(
    {"list": listed, "succession": succession, "aliases": aliases}
)
FIXED: Mapping[str, Callable[[str | None], Rows]] = MappingProxyType({"provinces": provinces, "communes": communes})


def show(what: str, rows: Rows, *, pure_json: bool) -> None:
    if pure_json:
        say_json(rows)
        return
    drawn = Table(*(rows[0] if rows else ()), title=f"{TITLES[what]}: {len(rows)}", title_justify="left")
    for row in rows:
        drawn.add_row(*(Text(_said(value)) for value in row.values()))
    Console().print(drawn)


def _said(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return ", ".join(value) if isinstance(value, list) else "–" if value is None else str(value)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()

"""What `nhip national` shows: exports and published figures, and a period set beside what the portal says."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from clickhouse_connect.driver.client import Client
from rich.console import Console
from rich.table import Table

from dashboards.national.comparison import Comparison, compare, moves
from dashboards.national.imports import Import
from dashboards.national.pairs import Beside
from deploy.output import say, say_json
from metrics.display import NOTHING, count
from metrics.national.classes import CLASSES
from metrics.national.effects import Effects, printed
from metrics.national.published import Published


def listed(found: Sequence[Import], figures: Sequence[Published], *, pure_json: bool) -> None:
    if pure_json:
        say_json({"exports": [_plain(each) for each in found], "figures": [_plain(each) for each in figures]})
        return
    drawn = Table(
        "Tệp", "Ngày tiếp nhận", "Lấy ngày", "Hồ sơ", "Cột", title="Tệp của Cổng quốc gia", title_justify="left"
    )
    for one in found:
        days = f"{one.covers_from:%d/%m/%Y}–{one.covers_to:%d/%m/%Y}"
        drawn.add_row(one.filename, days, f"{one.taken_on:%d/%m/%Y}", count(one.dossiers), " ".join(one.carries))
    Console().print(drawn)
    heads = ("Kỳ", "Đơn vị", "Chỉ số", "Công bố", "Tử số", "Mẫu số", "Giá trị", "Điểm", "Cờ")
    drawn = Table(*heads, title="Số Cổng quốc gia công bố", title_justify="left")
    for figure in figures:
        drawn.add_row(*(NOTHING if value is None else str(value) for value in _values(figure)))
    Console().print(drawn)


def _values(each: Any) -> Iterator[Any]:
    return (getattr(each, name) for name in each.__slots__)


def _plain(each: Import | Published) -> dict[str, Any]:
    return {name: _jsoned(value) for name, value in zip(each.__slots__, _values(each), strict=True)}


def _jsoned(value: Any) -> Any:
    if value is None or isinstance(value, int | str):
        return value
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else float(value)


def compared(client: Client, beside: Beside, family: str | None, *, pure_json: bool) -> None:
    found = compare(client, beside, family)
    if pure_json:
        say_json(found.json())
        return
    say(
        f"{found.scope.period.name}: {found.all.here} hồ sơ của tỉnh, {found.all.there} trên Cổng, "
        f"{found.all.differing} khác nhau"
    )
    if found.all.uncovered:
        say(f"{found.all.uncovered} hồ sơ ngoài phạm vi các tệp đã nạp, lấy theo số của tỉnh ở cả hai bên")
    Console().print(_classes(found))
    Console().print(_figures(found.figures))


def _classes(found: Comparison) -> Table:
    drawn = Table("Loại khác nhau", "Hồ sơ", "Ví dụ", title_justify="left")
    for each, number, examples in zip(CLASSES, found.all.of, found.examples, strict=True):
        if number:
            drawn.add_row(each.title.vi, count(number), " ".join(one.dossier or one.national_code for one in examples))
    return drawn


def _figures(figures: Sequence[Effects]) -> Table:
    drawn = Table("Chỉ số", "Tỉnh", "Cổng", "Chênh lệch", "Do", title_justify="left")
    for each in figures:
        why = (f"{kind.title.vi} {_signed(each, effect)}" for kind, effect in moves(each))
        drawn.add_row(each.kpi.title.vi, printed(each.kpi, each.here), printed(each.kpi, each.there),
                      _signed(each, each.gap), "; ".join(why))  # fmt: skip
    return drawn


def _signed(figure: Effects, value: Fraction | None) -> str:
    return printed(figure.kpi, value, sign=True)

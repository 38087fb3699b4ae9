"""The live view of a demonstration: the KPIs, the flow and how fresh both are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.console import Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from dashboards.figures import Reading
from metrics.display import count


@dataclass(frozen=True, slots=True)
class Glance:
    """What is seen at one moment. `behind` counts records that were sent and are not in the store yet."""

    readings: Sequence[Reading]
    rate: float
    lines: int
    behind: int
    clock: datetime | None
    newest: datetime | None


def line(glance: Glance) -> str:
    """For a file or a pipe."""
    figures = ", ".join(f"{reading.kpi.id} {reading.display}" for reading in glance.readings)
    return f"{_moment(glance.newest)}  {figures}  ({glance.rate:.0f} events/s, {glance.behind} records behind)"


def screen(glance: Glance) -> Panel:
    """For a terminal."""
    period = glance.readings[0].scope.period.name if glance.readings else ""
    return Panel(
        Group(_figures(glance.readings), Text(), _flow(glance)),
        title=f"nhip – tỉnh mô phỏng, kỳ {period}",
        subtitle="Ctrl-C: dừng (stop)",
    )


def _figures(readings: Sequence[Reading]) -> Table:
    table = Table(box=None, expand=True)
    table.add_column("Chỉ số")
    for title in ("Giá trị", "Tử số", "Mẫu số"):
        table.add_column(title, justify="right")
    for reading in readings:
        whole = count(reading.denominator)
        value = Text(reading.display, style="bold")
        table.add_row(reading.kpi.title.vi, value, count(reading.numerator), whole)
    return table


def _flow(glance: Glance) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_row("Đồng hồ của tỉnh (province's clock)", _moment(glance.clock))
    table.add_row("Dữ liệu đến (data as of)", _moment(glance.newest))
    table.add_row("Sự kiện mỗi giây (events/s)", f"{glance.rate:.0f}")
    table.add_row("Đã gửi (sent)", count(glance.lines))
    table.add_row("Chờ xử lý (records behind)", count(glance.behind))
    return table


def _moment(moment: datetime | None) -> str:
    return moment.strftime("%d/%m/%Y %H:%M:%S") if moment else "–"

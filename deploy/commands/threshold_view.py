"""Thresholds in a terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from dashboards.alerts.shapes import ChangeItem, PreviewItem, ThresholdItem
from dashboards.naming import day_name, moment_name
from dashboards.texts import Lang, say


def show_thresholds(items: Sequence[ThresholdItem]) -> None:
    drawn = Table("Ngưỡng", "Chỉ số", "Giới hạn", "Đơn vị", "Từ", "Ai đặt", "Lý do",
                  title=f"Ngưỡng: {len(items)}", title_justify="left")  # fmt: skip
    for item in items:
        drawn.add_row(
            item.id, item.title.vi, item.limits.vi, item.agency or item.tier or "toàn tỉnh", moment_name(item.at),
            item.actor, item.why,
        )  # fmt: skip
    _print(drawn)


def show_changes(items: Sequence[ChangeItem]) -> None:
    drawn = Table("Lúc", "Ai", "Làm gì", "Ngưỡng", "Trước", "Sau", "Lý do",
                  title=f"Thay đổi: {len(items)}", title_justify="left")  # fmt: skip
    for item in items:
        before, after = (each.limits.vi if each else "–" for each in (item.before, item.after))
        done = say(f"changed.{item.what}", Lang.VI)
        drawn.add_row(moment_name(item.at), item.actor, done, item.id, before, after, item.why)
    _print(drawn)


def show_preview(item: PreviewItem) -> None:
    span = f"{day_name(item.first)} – {day_name(item.last)}"
    drawn = Table("Đơn vị", "Báo", "Hết", "Mức", "Số liệu",
                  title=f"{item.title.vi}, {item.limits.vi}: {item.alerts} cảnh báo, {span}",
                  title_justify="left")  # fmt: skip
    for one in item.fired:
        drawn.add_row(one.agency or "toàn tỉnh", moment_name(one.at), moment_name(one.until), one.level, one.shown)
    _print(drawn)


def _print(drawn: Table) -> None:
    """A name has to be there whole: the other commands take it."""
    for column in drawn.columns:
        column.overflow = "fold"
    Console().print(drawn)

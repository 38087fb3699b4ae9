"""Tables that a visitor sorts by their headings, in the address and not in the browser."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from dashboards.pages import inputs
from dashboards.pages.visit import Visit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sort:
    """`name` or `-name`, as the address says it."""

    column: str
    falling: bool

    @property
    def name(self) -> str:
        return f"-{self.column}" if self.falling else self.column

    def after(self, column: str) -> str:
        """What a click on a heading asks for: the other way round where it is the one."""
        return Sort(column, falling=not self.falling if column == self.column else False).name


def sort_of(visit: Visit, columns: Iterable[str], usual: str) -> Sort:
    both = [name for column in columns for name in (column, f"-{column}")]
    asked = inputs.choice(visit, "sort", both) or usual
    return Sort(asked.removeprefix("-"), asked.startswith("-"))


def ordered(rows: Iterable[T], columns: Mapping[str, Callable[[T], Any]], sort: Sort) -> list[T]:
    """Rows without a value come last, whichever way."""
    value = columns[sort.column]
    found: list[T] = []
    missing: list[T] = []
    for row in rows:
        (missing if value(row) is None else found).append(row)
    return sorted(found, key=value, reverse=sort.falling) + missing

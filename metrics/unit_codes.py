"""Codes of agencies in the formats in use, and what each of them means: a path of whole groups, from the top down.

* new (QĐ 20/2020/QĐ-TTg art. 4): groups grow left to right, `H56.14`; at most 35 characters.
* legacy (QCVN 102:2016/BTTTT, TT 01/2018/TT-VPCP art. 19): four groups, right to left, `000.14.00.H56`; a group of
  zeros means no unit at that level.
* a UUID or a name says nothing by itself: `Directory` looks it up.

Codes are compared group by group. `H56.1` is not above `H56.14`, which a comparison of prefixes would say.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from metrics.errors import Rejected

LONGEST = 35
NEW = re.compile(r"[A-Y]\d{2}(\.[0-9A-Z]+)*")
LEGACY = re.compile(r"(\d{3})\.(\d{2})\.(\d{2})\.([A-Y]\d{2})")
WIDTHS = (2, 2, 3)
"""Digits of the legacy groups below the top, from the top down."""


@dataclass(frozen=True, slots=True)
class UnitCode:
    """`groups` from the top down, none of them empty: ("H56", "14")."""

    groups: tuple[str, ...]

    @property
    def new(self) -> str:
        return ".".join(self.groups)

    @property
    def legacy(self) -> str | None:
        """None where the old format has no room for it: a level too many, or a group too long or not of digits."""
        top, *below = self.groups
        if len(below) > len(WIDTHS) or not all(map(_fits, below, WIDTHS)):
            return None
        padded = [group.zfill(width) for group, width in zip(below, WIDTHS, strict=False)]
        padded += ["0" * width for width in WIDTHS[len(below) :]]
        return ".".join([*reversed(padded), top])

    def within(self, other: "UnitCode") -> bool:
        """Whether it is the other one or below it, by whole groups."""
        return self.groups[: len(other.groups)] == other.groups


def _fits(group: str, width: int) -> bool:
    return group.isdigit() and len(group) == width and int(group) > 0


def parse(text: str) -> UnitCode:
    """A new or a legacy code; Rejected where it is neither."""
    if match := LEGACY.fullmatch(text):
        *below, top = match.groups()
        return UnitCode((top, *(group for group in reversed(below) if int(group))))
    if NEW.fullmatch(text) and len(text) <= LONGEST:
        return UnitCode(tuple(text.split(".")))
    raise Rejected("unit code: write H56.14 or 000.14.00.H56")


@dataclass(frozen=True, slots=True)
class Alias:
    """Another way to write an agency's code, from a day to a day, both included."""

    agency: str
    written: str
    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


class Directory:
    """Which agency somebody means, by any of its ways of writing, on a day."""

    def __init__(self, aliases: Iterable[Alias]) -> None:
        self._aliases: dict[str, list[Alias]] = {}
        for alias in aliases:
            self._aliases.setdefault(same(alias.written), []).append(alias)

    def find(self, written: str, day: date) -> str | None:
        """An alias decides before a rule does; None where nothing is known, or more than one agency is meant."""
        found = {alias.agency for alias in self._aliases.get(same(written), ()) if alias.holds(day)}
        if found:
            return found.pop() if len(found) == 1 else None
        try:
            return parse(written.strip()).new
        except Rejected:
            return None


def same(written: str) -> str:
    """Equal for what differs in nothing that matters: case and spaces of names, dashes of UUIDs."""
    try:
        return str(UUID(written.strip()))
    except ValueError:
        return " ".join(written.split()).casefold()


def ambiguous(aliases: Iterable[Alias]) -> Iterator[tuple[Alias, Alias]]:
    """Pairs that say different agencies for one writing on one day."""
    seen: dict[str, list[Alias]] = {}
    for alias in aliases:
        for other in seen.setdefault(same(alias.written), []):
            if other.agency != alias.agency and _meet(other, alias):
                yield other, alias
        seen[same(alias.written)].append(alias)


def _meet(one: Alias, other: Alias) -> bool:
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    return first <= min(one.valid_to or date.max, other.valid_to or date.max)

"""Indices that others publish once a year (PAR INDEX, SIPAS, PAPI, PCI): kept as printed, compared only where they may.

A rank is a place among so many, and how many is data: 63 provinces, 60 where three were not ranked, 34 since 2025.
Two ranks among different numbers are shown beside each other, and no difference between them is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from metrics.breaks import sentence, within
from metrics.words import Text

INDICES: Mapping[str, Text] = MappingProxyType(
    {
        "par_index": Text("PAR INDEX – cải cách hành chính", "PAR INDEX – administrative reform"),
        "sipas": Text("SIPAS – hài lòng về phục vụ hành chính", "SIPAS – satisfaction with public administration"),
        "papi": Text("PAPI – hiệu quả quản trị và hành chính công", "PAPI – governance and public administration"),
        "pci": Text("PCI – năng lực cạnh tranh cấp tỉnh", "PCI – provincial competitiveness"),
        "par_units": Text("CCHC của các đơn vị trong tỉnh", "Administrative reform of the province's own agencies"),
    }
)
GOOD = Decimal(80)
"""From here on an agency's score is called good (tốt)."""


@dataclass(frozen=True, slots=True)
class Scored:
    """What was published of a unit for a year. `self_score` is its own claim, `score` what was verified."""

    index: str
    unit: str
    year: int
    score: Decimal | None = None
    rank: int | None = None
    ranked_of: int | None = None
    self_score: Decimal | None = None
    tier: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """`kpis` are the ids of the live KPIs that feed it."""

    index: str
    unit: str
    year: int
    criterion: str
    title: str
    points: Decimal
    maximum: Decimal
    kpis: tuple[str, ...] = ()

    @property
    def lost(self) -> Decimal:
        return self.maximum - self.points


@dataclass(frozen=True, slots=True)
class Move:
    """Against the year before. `places` is positive for the better; `broken` says why something is not compared."""

    score: Decimal | None
    places: int | None
    broken: Text | None = None


def move(now: Scored, before: Scored | None) -> Move | None:
    """None where the year before is not loaded."""
    if before is None:
        return None
    found = within(date(before.year, 12, 31), date(now.year, 12, 31))  # an index judges a year by its end
    if found:
        return Move(None, None, sentence(found))
    score = None if now.score is None or before.score is None else now.score - before.score
    if now.rank is None or before.rank is None:
        return Move(score, None)
    if now.ranked_of != before.ranked_of:
        told = Text(
            f"không so sánh được: xếp hạng trong {now.ranked_of} và {before.ranked_of}",
            f"not comparable: ranked among {now.ranked_of} and {before.ranked_of}",
        )
        return Move(score, None, told)
    return Move(score, before.rank - now.rank)


def moves(scored: Iterable[Scored]) -> list[tuple[Scored, Move | None]]:
    """Each with its move, newest year first."""
    known = {(each.index, each.unit, each.year): each for each in scored}
    ordered = sorted(known.values(), key=lambda each: (-each.year, each.index, each.unit))
    return [(each, move(each, known.get((each.index, each.unit, each.year - 1)))) for each in ordered]


@dataclass(frozen=True, slots=True)
class Losses:
    """Where points were lost: `below` the maximum (those at `zero` among them) of all `criteria`."""

    criteria: int
    below: int
    zero: int
    points: Decimal


def losses(criteria: Sequence[Criterion]) -> Losses:
    lost = [each for each in criteria if each.lost > 0]
    return Losses(
        len(criteria), len(lost), sum(each.points == 0 for each in criteria), sum((e.lost for e in lost), Decimal(0))
    )


@dataclass(frozen=True, slots=True)
class Field:
    """The units of one tier in one year: how many are good; of those that may be compared, how many rose or fell."""

    units: int
    good: int
    compared: int
    rose: int
    fell: int


def field(rows: Sequence[tuple[Scored, Move | None]]) -> Field:
    changed = [found.score for _, found in rows if found is not None and found.score is not None]
    scores = [each.score for each, _ in rows if each.score is not None]
    return Field(
        len(rows),
        sum(score >= GOOD for score in scores),
        len(changed),
        sum(each > 0 for each in changed),
        sum(each < 0 for each in changed),
    )


def printed(value: Decimal, *, sign: bool = False) -> str:
    """As published, with two decimals at least: 77 is `77,00`; with a sign a change is `+4,42` or `−0,50`."""
    whole, _, decimals = f"{abs(value).normalize():f}".partition(".")
    mark = ("+" if value > 0 else "−" if value < 0 else "") if sign else ""
    return f"{mark}{whole},{decimals.ljust(2, '0')}"

"""Lines of imported tables as yearly scores and criteria; a line with a problem is noted and gives nothing."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from metrics.annual import Criterion, Scored
from metrics.typed import Line

FIRST, LAST = 1990, 2299
INDEX = re.compile(r"[a-z][a-z0-9_]*")
TIERS = ("tinh", "so", "huyen", "xa")
PLACES = 4
"""Decimals that are kept of a score."""


def is_criterion(line: Line) -> bool:
    """A table of criteria has their code."""
    return "criterion" in line.fields


def scored(line: Line) -> Scored | None:
    before = len(line.problems)
    found = Scored(
        index=_index(line),
        unit=" ".join(line.text("unit").split()),
        year=_year(line),
        score=_points(line, "score"),
        rank=line.whole("rank"),
        ranked_of=line.whole("ranked_of"),
        self_score=_points(line, "self_score"),
        tier=_tier(line),
        source=line.maybe("source") or "",
    )
    _rank(line, found)
    if found.score is None and found.rank is None and found.self_score is None:
        line.wrong("neither a score nor a rank")
    return found if len(line.problems) == before else None


def criterion(line: Line, kpis: Collection[str]) -> Criterion | None:
    """`kpis` are the ids that there are."""
    before = len(line.problems)
    points, maximum = (_points(line, name) for name in ("points", "maximum"))
    for name, value in (("points", points), ("maximum", maximum)):
        if value is None and line.maybe(name) is None:
            line.wrong(f"{name} is missing")
    if points is not None and maximum is not None and not 0 <= points <= maximum:
        line.wrong(f"{points} points of at most {maximum}")
    if maximum == 0:
        line.wrong("maximum is 0")
    fed = tuple(re.split(r"[\s,;]+", line.maybe("kpi") or "")) if line.maybe("kpi") else ()
    for unknown in (kpi for kpi in fed if kpi not in kpis):
        line.wrong(f"kpi: there is no KPI {unknown!r}; `nhip catalogue` lists them")
    index, unit, year = _index(line), " ".join(line.text("unit").split()), _year(line)
    code, title = line.text("criterion"), line.text("name")
    if len(line.problems) > before or points is None or maximum is None:
        return None
    return Criterion(index, unit, year, code, title, points, maximum, fed)


def _index(line: Line) -> str:
    """`PAR INDEX` is par_index."""
    name = re.sub(r"[\s-]+", "_", line.text("index").strip().lower())
    if name and not INDEX.fullmatch(name):
        line.wrong(f"index: {name!r} is no name; write par_index, sipas, papi or pci")
    return name


def _year(line: Line) -> int:
    year = line.whole("year")
    if year is None:
        if line.maybe("year") is None:
            line.wrong("year is missing")
        return 0
    if not FIRST <= year <= LAST:
        line.wrong(f"year: {year} is not between {FIRST} and {LAST}")
    return year


def _points(line: Line, name: str) -> Decimal | None:
    value = line.number(name)
    if value is None:
        return None
    if not 0 <= value < 10**5 or value != round(value, PLACES):
        line.wrong(f"{name}: {value} is not between 0 and 99999 with up to {PLACES} decimals")
        return None
    return value


def _tier(line: Line) -> str:
    tier = line.maybe("tier") or ""
    if tier and tier not in TIERS:
        line.wrong(f"tier: write one of {', '.join(TIERS)}")
    return tier


def _rank(line: Line, found: Scored) -> None:
    if (found.rank is None) != (found.ranked_of is None):
        line.wrong("rank and ranked_of go together: 60 of 63")
    if found.rank is not None and found.ranked_of is not None and not 1 <= found.rank <= found.ranked_of <= 10**4:
        line.wrong(f"rank {found.rank} of {found.ranked_of}")


def contradictions(read: Sequence[tuple[Line, Scored | Criterion]]) -> Iterator[str]:
    """What no line is wrong by itself, only beside another."""
    yield from _repeated(read)
    yield from _ranked_of(found for _, found in read if isinstance(found, Scored))


def _repeated(read: Sequence[tuple[Line, Scored | Criterion]]) -> Iterator[str]:
    seen: dict[tuple[object, ...], str] = {}
    for line, found in read:
        key = (found.index, found.unit, found.year, found.criterion if isinstance(found, Criterion) else None)
        if key in seen:
            yield f"{line.place}: repeats {seen[key]}"
        seen.setdefault(key, line.place)


def _ranked_of(found: Iterable[Scored]) -> Iterator[str]:
    numbers: dict[tuple[str, int, str], set[int]] = {}
    for each in found:
        if each.ranked_of is not None:
            numbers.setdefault((each.index, each.year, each.tier), set()).add(each.ranked_of)
    for (index, year, _), told in sorted(numbers.items()):
        if len(told) > 1:
            yield f"{index} {year}: ranked among {' and among '.join(map(str, sorted(told)))} at once"

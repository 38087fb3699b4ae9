"""A period as both sides say it, in one piece: dossiers, classes of difference with examples, figures with effects."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.figures import EVERY, Scope, of_families
from dashboards.national.differences import Counts, Named, added, counts, named
from dashboards.national.gaps import compared_in, gaps
from dashboards.national.pairs import Beside
from metrics.kpi import Kpi
from metrics.national.classes import CLASSES, Difference
from metrics.national.effects import Effects, printed
from metrics.period import Period

EXAMPLES = 3
USUAL = ("headline", "qd766")


@dataclass(frozen=True, slots=True)
class Comparison:
    """`all` adds up the `agencies`; `examples` has a few dossiers of each class."""

    scope: Scope
    all: Counts
    agencies: tuple[Counts, ...]
    examples: tuple[tuple[Named, ...], ...]
    figures: tuple[Effects, ...]

    def json(self) -> dict[str, Any]:
        return {
            "period": self.scope.period.name,
            "agency": self.scope.agency,
            "dossiers": _dossiers(self.all),
            "differences": [
                {
                    "difference": each.id,
                    "dossiers": number,
                    "examples": [one.dossier or one.national_code for one in some],
                }
                for each, number, some in zip(CLASSES, self.all.of, self.examples, strict=True)
            ],
            "figures": [figure_json(each) for each in self.figures],
            "agencies": [
                {"agency": each.agency, **_dossiers(each), "differences": by_class(each.of)} for each in self.agencies
            ],
        }


def compare(client: Client, beside: Beside, family: str | None = None) -> Comparison:
    """Without a family the headline and QĐ 766. Misconfigured where there is no such family."""
    found = counts(client, beside)
    total = added(found)
    examples = (
        tuple(named(client, beside, each, ("", 0), EXAMPLES)[0]) if number else ()
        for each, number in zip(CLASSES, total.of, strict=True)
    )
    figures = gaps(client, beside, compared_of(beside.scope.period, family))
    return Comparison(beside.scope, total, tuple(found), tuple(examples), tuple(figures))


def compared_of(period: Period, family: str | None) -> list[Kpi]:
    """Of a family, of `all`, or the usual ones."""
    if family is None:
        return compared_in(period, USUAL)
    wanted = {each.family.id for each in of_families(period, family)}
    return compared_in(period, None if family == EVERY else wanted)


def _dossiers(found: Counts) -> dict[str, int]:
    return {name: getattr(found, name) for name in ("here", "there", "differing", "uncovered")}


def by_class(numbers: Sequence[int]) -> dict[str, int]:
    return {each.id: number for each, number in zip(CLASSES, numbers, strict=True) if number}


def moves(found: Effects) -> list[tuple[Difference, Fraction]]:
    """The classes that move the figure, in their order."""
    return [(each, effect) for each, effect in zip(CLASSES, found.of, strict=True) if effect]


def figure_json(found: Effects) -> dict[str, Any]:
    """`effect` and `gap` are in the unit of the value (of a rate 0.01 is a point); `exact` is the same, a fraction."""
    return {
        "kpi": found.kpi.id,
        "version": found.kpi.version,
        **{side: _side(found, place) for place, side in enumerate(("here", "there"))},
        "gap": _number(found.gap),
        "gap_exact": _exact(found.gap),
        "effects": [
            {"difference": each.id, "effect": float(effect), "exact": _exact(effect)} for each, effect in moves(found)
        ],
    }


def _side(found: Effects, place: int) -> dict[str, Any]:
    numerator, denominator = found.counts[place]
    value = (found.here, found.there)[place]
    return {
        "numerator": numerator,
        "denominator": denominator,
        "value": _number(value),
        "display": printed(found.kpi, value),
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)

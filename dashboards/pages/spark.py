"""A line of a few points, small enough to stand beside a number: the path of an SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 120.0, 32.0, 3.0
LEAST = 0.1
"""What fills the height is at least this share of the largest value, so that a hair's change is not drawn as a fall."""


@dataclass(frozen=True, slots=True)
class Spark:
    """`lines` are the runs of known values, `dots` single ones among unknown; `end` is the last point, if known."""

    lines: tuple[str, ...]
    area: str
    end: tuple[float, float] | None


def spark(values: Sequence[float | None]) -> Spark | None:
    """None where fewer than two values are known: a point is no course."""
    known = [value for value in values if value is not None]
    if len(known) < 2:  # noqa: PLR2004
        return None
    low, high = _scale(min(known), max(known))
    points = [None if v is None else (_x(i, len(values)), _y(v, low, high)) for i, v in enumerate(values)]
    runs = _runs(points)
    return Spark(tuple(map(_line, runs)), _area(runs[-1]), points[-1])


def _scale(low: float, high: float) -> tuple[float, float]:
    missing = LEAST * max(abs(low), abs(high)) - (high - low)
    return (low - missing / 2, high + missing / 2) if missing > 0 else (low, high)


Point = tuple[float, float]


def _x(place: int, of: int) -> float:
    return round(MARGIN + place * (WIDTH - 2 * MARGIN) / (of - 1), 1)


def _y(value: float, low: float, high: float) -> float:
    share = (value - low) / (high - low) if high > low else 0.5
    return round(HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN), 1)


def _runs(points: Sequence[Point | None]) -> list[list[Point]]:
    runs: list[list[Point]] = [[]]
    for point in points:
        if point is not None:
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _line(run: Sequence[Point]) -> str:
    return " ".join(f"{x},{y}" for x, y in run)


def _area(run: Sequence[Point]) -> str:
    return f"{run[0][0]},{HEIGHT} {_line(run)} {run[-1][0]},{HEIGHT}"

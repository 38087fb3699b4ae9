"""Worked examples of definitions: figures that a person can check by hand, as sections of the handbook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

LINKS = "../../tests/golden/"


@dataclass(frozen=True, slots=True)
class Example:
    """`where` says of which month or province; `table` is the file it stands in.

    `rows` are the dossiers it looks at, by the names of their columns; `counted` are those in the numerator.
    """

    where: str
    table: str
    numerator: str
    denominator: str
    display: str
    counted: tuple[str, ...] = ()
    rows: Sequence[Mapping[str, str]] = ()


def section(examples: Sequence[Example]) -> Iterator[str]:
    if examples:
        yield "\n## Ví dụ · Worked examples\n"
    for each in examples:
        yield f"* {each.where}: {_sum(each)} ([bảng · table]({LINKS}{each.table}))"
    for each in examples:
        if each.rows:
            yield from _table(each)


def _sum(example: Example) -> str:
    counts = f"{example.numerator} / {example.denominator}" if example.denominator else example.numerator
    return f"**{example.display}**" if counts == example.display else f"{counts} → **{example.display}**"


def _table(example: Example) -> Iterator[str]:
    names = [name for name in example.rows[0] if any(row[name] for row in example.rows)]
    yield f"\n{example.where}\n"
    yield f"| {' | '.join(names)} | được tính · counted |"
    yield "|---" * (len(names) + 1) + "|"
    for row in example.rows:
        mark = "✓" if row[names[0]] in example.counted else "–"
        yield f"| {' | '.join(row[name].replace('|', '/') for name in names)} | {mark} |"

"""What a digest looks like, as plain values. Mail, plain text and PDF are drawn from this alone."""

from dataclasses import dataclass, replace

from dashboards.digest.words import cut
from dashboards.figures import Reading
from metrics.breaks import Break
from metrics.display import count


@dataclass(frozen=True, slots=True)
class Tile:
    """A large number and what it is made of."""

    title: str
    number: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The first column names the row, the others are figures; `tones` of the rows are good, bad or empty."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    tones: tuple[str, ...] = ()
    half: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    title: str
    lines: tuple[str, ...]
    half: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A trend; `alt` says in words what it shows. It stops at breaks and at `turns` of the agency."""

    title: str
    alt: str
    readings: tuple[Reading, ...]
    turns: tuple[Break, ...] = ()
    half: bool = True


Block = Table | Lines | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """`corrected`: why this issue takes the place of an earlier one, a line each; empty in a first issue."""

    title: str
    unit: str
    period: str
    facts: tuple[tuple[str, str], ...]
    corrected: tuple[str, ...]
    warnings: tuple[str, ...]
    sentences: tuple[str, ...]
    tiles: tuple[Tile, ...]
    identity: str
    blocks: tuple[Block, ...]
    link: str

    @property
    def subject(self) -> str:
        """Of the mail."""
        again = "Đính chính: " if self.corrected else ""
        return f"{again}{self.title}, {self.unit}, {self.period}"


def shortened(whole: Document, most: int, letters: int) -> Document:
    """With at most so many rows or lines in a block, each of so many letters; what is left out is counted."""
    return replace(
        whole,
        unit=cut(whole.unit, letters),
        corrected=_fewer(whole.corrected, most, letters),
        warnings=_fewer(whole.warnings, most, letters * 2),
        sentences=tuple(cut(each, letters * 5) for each in whole.sentences),
        blocks=tuple(_shorter(block, most, letters) for block in whole.blocks),
    )


def _shorter(block: Block, most: int, letters: int) -> Block:
    match block:
        case Lines():
            return replace(block, lines=_fewer(block.lines, most, letters * 3))
        case Table():
            rows = tuple(tuple(cut(cell, letters) for cell in row) for row in block.rows[: max(most, 5)])
            return replace(block, rows=rows, tones=block.tones[: len(rows)])
        case _:
            return block


def _fewer(lines: tuple[str, ...], most: int, letters: int) -> tuple[str, ...]:
    kept = tuple(cut(line, letters) for line in lines[:most])
    return (*kept, f"… và {count(len(lines) - most)} mục khác, xem trên bảng.") if len(lines) > most else kept

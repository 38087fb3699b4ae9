"""A year of the made-up province as a drop folder."""

from collections import defaultdict
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import BinaryIO

from ingest.simulate.course import Line, Office
from ingest.simulate.flow import build, catalogue_for, daily, reference, spread

CARRIED_OVER = 21  # the days before the year whose dossiers are still open when it begins
# dossiers: the year is told in parts of this many, so that memory does not grow with their number
PART = 40_000


def write(folder: Path, dossiers: int, seed: int, year: int = 2026) -> None:
    """Writes what was sent up to the last day of the year. The same arguments give the same bytes."""
    first = date(year, 1, 1) - timedelta(days=CARRIED_OVER)
    days = (date(year, 12, 31) - first).days + 1
    rng = Random(seed)  # noqa: S311 - a simulation
    there, time = build(rng, catalogue_for(dossiers), first, days)
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as open_files:
        files = _Files(folder, open_files)
        for kind, text in reference(there):
            files.append(kind, [text])
        office = Office(rng, there, time)
        for part in range(0, dossiers, PART):
            for day, lines in enumerate(daily(office, spread(time, min(PART, dossiers - part), days))):
                _write_day(files, time.texts[max(day, CARRIED_OVER)][:6], lines)


class _Files:
    """The files of a folder, each begun when its first line comes."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.stack = folder, stack
        self.open: dict[str, BinaryIO] = {}

    def append(self, name: str, lines: Iterable[bytes]) -> None:
        if name not in self.open:
            path = self.folder / f"{name}.jsonl"
            self.open[name] = self.stack.enter_context(path.open("wb"))
        self.open[name].write(b"\n".join(lines) + b"\n")


def _write_day(files: _Files, month: str, lines: list[Line]) -> None:
    """Steps go into the file of the month in which they were sent.

    Records stay in one file: between two lines of a dossier that differ, the order inside a file decides.
    """
    by_kind: dict[str, list[bytes]] = defaultdict(list)
    for _, kind, text in lines:
        by_kind[kind].append(text)
    for kind, texts in by_kind.items():
        files.append(f"progress-{month}" if kind == "progress" else kind, texts)

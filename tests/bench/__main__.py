"""`python -m tests.bench [--quick] [--only PART…] [--write]`: measures, prints, and fills docs/bench.md.

The page has a section for the pipeline and one for each part about the board. A section is written once all of it was
measured at full size; anything less only prints, unless --write says otherwise.
"""

import argparse
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from deploy.settings import Settings
from tests.bench import frameworks, history, loading
from tests.bench.access import access
from tests.bench.alerts import looks
from tests.bench.backup import backed_up
from tests.bench.board import report as reports
from tests.bench.board.addresses import unasked
from tests.bench.board.load import Load, Loaded, clicked
from tests.bench.board.paths import paths
from tests.bench.board.streams import streams
from tests.bench.counting import Totals
from tests.bench.digests import digests
from tests.bench.expected import by_dossier, folder_fold, plain_loop
from tests.bench.fuzz import fuzzed
from tests.bench.goals import goals
from tests.bench.intervals import intervals
from tests.bench.judged import judged
from tests.bench.latency import latency
from tests.bench.push import push
from tests.bench.report import Report, machine, table, write
from tests.bench.result import Result, Wrong
from tests.bench.stack import tell
from tests.bench.worker import worker
from tests.bench.workers import shared

T = TypeVar("T")


BOARD = Load(2_000_000, people=20, rate=500, seconds=150)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many events each part gets; all are multiples of the rounds."""

    worker: int = 1_000_000
    singly: int = 200_000  # nhip at one event a record
    naive: int = 100_000
    quix: int = 200_000
    load: int = 1_000_000
    growth: tuple[int, ...] = (100_000, 1_000_000, 5_000_000)
    rate: int = 200
    intervals: int = 2_000_000
    access: int = 1_000_000
    live: int = 33  # seconds, the first three of them not counted
    board: Load = BOARD
    history: tuple[Load, ...] = (
        replace(BOARD, dossiers=200_000, seconds=60),
        replace(BOARD, dossiers=10_000_000, seconds=60),
    )
    alerts: tuple[int, int] = (2_000, 150_000)  # thresholds, dossiers
    backup: int = 2_000_000  # dossiers
    workers: int = 600_000  # events, three times
    judged: tuple[int, ...] = (100_000, 2_000_000)  # dossiers
    streams: tuple[int, int, int, float] = (2_000_000, 500, 200, 900.0)  # dossiers, events/s, streams, seconds
    http: tuple[int, int] = (2_000, 300)  # requests/s, seconds
    digests: int = 150_000  # dossiers
    fuzz: int = 600  # seconds


QUICK = Sizes(
    100_000, 20_000, 10_000, 20_000, 100_000, (20_000, 100_000), 200, 200_000, 100_000, 10,
    Load(50_000, people=5, rate=100, seconds=20), (Load(10_000, 5, 100, 10),), (200, 2_000), 20_000, 60_000,
    (2_000, 20_000), (50_000, 100, 50, 20.0),
    (200, 40), 2_000, 28,
)  # fmt: skip


@dataclass(slots=True)
class Bench:
    """One run: its parts, what they share, and what they found."""

    sizes: Sizes
    scratch: Path
    report: Report = field(default_factory=Report)
    sections: dict[str, str] = field(default_factory=dict)
    _clicked: list[Loaded] = field(default_factory=list)
    _totals: dict[int, Totals] = field(default_factory=dict)
    _drops: dict[int, Path] = field(default_factory=dict)
    _folders: int = 0

    def worker(self) -> None:
        self._rate(self.sizes.worker, lambda folder, n, totals: worker(folder, n, 200, totals))

    def singly(self) -> None:
        self._rate(self.sizes.singly, lambda folder, n, totals: worker(folder, n, 1, totals))

    def naive(self) -> None:
        self._framework(self.sizes.naive, frameworks.naive_faust)

    def quix(self) -> None:
        self._framework(self.sizes.quix, partial(frameworks.quix, cache=Settings.read().cache))

    def load(self) -> None:
        lines = self.sizes.load
        drop = self._drop(lines)
        self.report.folds[lines], totals = folder_fold(drop)
        self.report.loads.append(self._in_folder(lambda folder: loading.ingestor(folder, drop, lines)))
        self.report.loads.append(self._in_folder(lambda folder: loading.load(folder, drop, lines, totals)))

    def latency(self) -> None:
        count = self.sizes.rate * self.sizes.live
        totals = by_dossier(count)
        self.report.latency = self._in_folder(lambda folder: latency(folder, self.sizes.rate, self.sizes.live, totals))

    def growth(self) -> None:
        for lines in self.sizes.growth:
            measure = partial(loading.load, drop=self._drop(lines), lines=lines, expected=by_dossier(lines))
            self.report.growth.append(self._in_folder(measure))

    def intervals(self) -> None:
        self.report.intervals.extend(self._in_folder(lambda folder: list(intervals(folder, self.sizes.intervals))))

    def access(self) -> None:
        self.sections["access"] = table(self._in_folder(lambda folder: access(folder, self.sizes.access)))

    def board(self) -> None:
        found = self._in_folder(lambda folder: clicked(folder, self.sizes.board))
        self._clicked.append(found)
        self.sections["board"] = reports.clicked(found, unasked(paths()))

    def history(self) -> None:
        """Beside what `board` found, where that has run."""
        for size in self.sizes.history:
            self._clicked.append(self._in_folder(partial(clicked, wanted=size)))
        self.sections["history"] = reports.grown(sorted(self._clicked, key=lambda found: found.load.dossiers))

    def alerts(self) -> None:
        found = self._in_folder(lambda folder: looks(folder, *self.sizes.alerts))
        self.sections["alerts"] = table([found.row()])

    def backup(self) -> None:
        found = self._in_folder(lambda folder: backed_up(folder, self.sizes.backup))
        self.sections["backup"] = table([found.row()])

    def workers(self) -> None:
        events, totals = self.sizes.workers, by_dossier(self.sizes.workers)
        found = [
            self._in_folder(partial(shared, workers=workers, events=events, expected=totals)) for workers in (1, 2, 4)
        ]
        self.sections["workers"] = table([each.row(found[0]) for each in found])

    def judged(self) -> None:
        smallest = min(self.sizes.judged)
        found = [self._in_folder(partial(judged, dossiers=n, closing=n == smallest)) for n in self.sizes.judged]
        self.sections["judged"] = table([each.row() for each in found])

    def digests(self) -> None:
        found = self._in_folder(lambda folder: digests(folder, self.sizes.digests))
        self.sections["digests"] = table([found.row()])

    def streams(self) -> None:
        self.sections["streams"] = reports.streamed(
            self._in_folder(lambda folder: streams(folder, *self.sizes.streams))
        )

    def http(self) -> None:
        self.sections["http"] = table([self._in_folder(lambda folder: push(folder, *self.sizes.http)).row()])

    def fuzz(self) -> None:
        self.sections["fuzz"] = table(self._in_folder(lambda folder: list(fuzzed(folder, self.sizes.fuzz))))

    def _rate(self, events: int, measure: Callable[[Path, int, Totals], Result]) -> None:
        totals = self._plain(events)
        self.report.rates.append(self._in_folder(lambda folder: measure(folder, events, totals)))

    def _framework(self, events: int, measure: Callable[[Path, int, Totals], Result]) -> None:
        """It does all that the plain loop does and more: one that costs less was not timed, whatever its totals say."""
        self._rate(events, measure)
        found, floor = self.report.rates[-1], self.report.plain[events]
        if found.cpu_per_million("worker") < floor.cpu_per_million("Python"):
            raise Wrong(f"{found.name}: cheaper than the plain loop inside it; its clock is wrong")

    def _plain(self, events: int) -> Totals:
        if events not in self._totals:
            self.report.plain[events], self._totals[events] = plain_loop(events)
        return self._totals[events]

    def _drop(self, lines: int) -> Path:
        if lines not in self._drops:
            self._drops[lines] = history.write(self.scratch / f"drop-{lines}", lines)
        return self._drops[lines]

    def _in_folder(self, measure: Callable[[Path], T]) -> T:
        """In a data folder of its own, which is gone afterwards."""
        self._folders += 1
        folder = self.scratch / f"data-{self._folders}"
        folder.mkdir()
        try:
            return measure(folder)
        finally:
            shutil.rmtree(folder)


PIPELINE = ("worker", "singly", "naive", "quix", "load", "latency", "intervals", "growth")
PARTS = (*PIPELINE, "access", "board", "history", "alerts", "digests", "judged", "streams", "http", "backup", "workers")
BESIDE = ("fuzz",)
"""Measured only where they are asked for by name."""


def main() -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stops what runs and clears up, as Ctrl-C does
    given = arguments()
    parts = tuple(given.only or PARTS)
    began_with = ", ".join(f"{load:.2f}" for load in os.getloadavg())
    with tempfile.TemporaryDirectory(prefix="nhip-bench-") as scratch:
        bench = Bench(QUICK if given.quick else Sizes(), Path(scratch))
        for part in parts:
            tell(f"{part}…")
            getattr(bench, part)()
    for section, text in told(bench, parts, began_with).items():
        print(text)  # noqa: T201
        if given.write or not (given.quick or (section == "bench" and set(parts) < set(PARTS))):
            write(text, section)
    return 0


def told(bench: Bench, parts: tuple[str, ...], began_with: str) -> dict[str, str]:
    """The text of each section that something was measured for."""
    texts = {name: f"{machine(began_with)}\n\n{text}" for name, text in bench.sections.items()}
    if set(parts) & set(PIPELINE):
        texts["bench"] = bench.report.text(began_with)
        if rows := [goal.row() for goal in goals(bench.report)]:
            texts["bench"] += "\n### Goals\n\n" + table(rows)
    return texts


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the sizes, to try it")
    parser.add_argument(
        "--only", nargs="+", choices=(*PARTS, *BESIDE), metavar="PART", help=f"some of: {', '.join((*PARTS, *BESIDE))}"
    )
    parser.add_argument("--write", action="store_true", help="into docs/bench.md, though it is not a whole run")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

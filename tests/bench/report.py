"""The results as tables, on the screen and between the marks of docs/bench.md."""

import os
import platform
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from deploy.broker.jars import VERSION as KAFKA
from tests.bench import history
from tests.bench.frameworks import QUIX
from tests.bench.latency import Latency
from tests.bench.result import Result

DOC = Path(__file__).parents[2] / "docs" / "bench.md"
PACKAGES = ("polars", "faust-streaming", "aiokafka", "kafka-python", "chdb", "clickhouse-connect", "pydantic")
PROCESSES = ("worker", "store", "broker", "loader", "Python", "GoAccess")


@dataclass(slots=True)
class Report:
    """Everything one run has measured; `plain` and `folds` are the floors, by number of events."""

    plain: dict[int, Result] = field(default_factory=dict)
    rates: list[Result] = field(default_factory=list)
    folds: dict[int, Result] = field(default_factory=dict)
    loads: list[Result] = field(default_factory=list)
    growth: list[Result] = field(default_factory=list)
    intervals: list[Result] = field(default_factory=list)
    latency: Latency | None = None

    def text(self, load: str) -> str:
        """`load` is the machine's load average before the run: what else it was doing."""
        return "\n".join(self._parts(load))

    def _parts(self, load: str) -> Iterator[str]:
        yield conditions(load)
        rates = [*self.plain.values(), *self.rates]
        if rates:
            yield "### Events to counts\n"
            yield table([self._compared(each, self.plain, "plain loop") for each in rates])
        if self.loads:
            yield "### From files\n"
            fold = [*self.folds.values(), *self.loads]
            yield table([self._compared(each, self.folds, "json.loads fold") for each in fold])
        if self.latency:
            yield "### Event to visible KPI\n"
            yield table([_waits(self.latency)])
        if self.intervals:
            yield "### Working time between two moments\n"
            yield table([line_of(each) for each in self.intervals])
        if self.growth:
            yield "### How the cost of `nhip load` grows\n"
            yield table([line_of(each) for each in self.growth])

    def _compared(self, result: Result, floors: Mapping[int, Result], floor: str) -> Mapping[str, str]:
        base = floors.get(result.events)
        ratio = f"{result.rate / base.rate:.2f}" if base else ""
        name, shape, events, seconds, rate, *costs = line_of(result).items()
        return dict([name, shape, events, seconds, rate, (f"÷ {floor}", ratio), *costs])


def line_of(result: Result) -> dict[str, str]:
    return {
        "what": result.name,
        "comes as": result.shape,
        "events": f"{result.events:,}",
        "seconds": f"{result.seconds:.1f}",
        "events/s": f"{result.rate:,.0f}",
        "CPU s a million": _each(result, lambda name: f"{result.cpu_per_million(name):.1f}"),
        "peak MB": _each(result, lambda name: f"{result.processes[name].peak_mb:.0f}"),
    }


def _each(result: Result, say: Callable[[str], str]) -> str:
    return ", ".join(f"{name} {say(name)}" for name in PROCESSES if name in result.processes)


def _waits(latency: Latency) -> dict[str, str]:
    return {
        "events/s": str(latency.rate),
        "seconds": f"{latency.seconds:.0f}",
        **{f"p{percent}": f"{latency.percentile(percent):.2f} s" for percent in (50, 95, 99)},
        "longest": f"{max(latency.each):.2f} s",
    }


def table(rows: Sequence[Mapping[str, str]]) -> str:
    head = list(rows[0])
    lines = [head, ["---"] * len(head), *([row[name] for name in head] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def conditions(load: str) -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{machine(load)}\n"
        f"Python {platform.python_version()}, Kafka {KAFKA}, {versions}, {QUIX}.\n\n"
        f"The history: {history.SHAPE}. Every total was compared with the plain loop's, cell by cell.\n"
    )


def machine(load: str) -> str:
    """Where and when a section was measured."""
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d} in one run, at commit {_commit()}: {_processor()}, "
        f"{os.cpu_count()} cores, {_memory():.0f} GB, {platform.system()} {platform.release()}. "
        f"Load average when it began: {load}."
    )


def _commit() -> str:
    done = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def write(text: str, section: str) -> None:
    """Between the marks of the section; what is around them is people's, or another section's."""
    begin, end = f"<!-- {section}: begin -->\n", f"<!-- {section}: end -->\n"
    before, _, rest = DOC.read_text().partition(begin)
    _, _, after = rest.partition(end)
    DOC.write_text(before + begin + "\n" + text + "\n" + end + after)

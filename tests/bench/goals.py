"""What we want to reach, and whether this run did. A goal whose parts were not measured is left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.bench.report import Report
from tests.bench.result import Result


@dataclass(frozen=True, slots=True)
class Goal:
    says: str
    wanted: float
    measured: float
    at_most: bool = False

    def row(self) -> Mapping[str, str]:
        met = self.measured <= self.wanted if self.at_most else self.measured >= self.wanted
        sign = "≤" if self.at_most else "≥"
        wanted, measured = f"{sign} {self.wanted:,g}", f"{self.measured:,.2f}"
        return {"goal": self.says, "wanted": wanted, "measured": measured, "met": "yes" if met else "**no**"}


def goals(report: Report) -> Iterator[Goal]:
    named = {result.name: result for result in report.rates if result.shape != "1 event a record" or _other(result)}
    worker = next((result for name, result in named.items() if name.startswith("nhip")), None)
    if worker:
        yield Goal("worker ÷ plain loop", 3, worker.rate / report.plain[worker.events].rate)
        yield Goal("worker, CPU s a million events", 7, worker.cpu_per_million("worker"), at_most=True)
        for name, times in (("naive Faust", 40), ("Quix", 8)):
            for other in (result for full, result in named.items() if full.startswith(name)):
                yield Goal(f"worker ÷ {name}", times, worker.rate / other.rate)
    for each in report.loads:
        if each.name.startswith("nhip load"):
            yield Goal("nhip load ÷ json.loads fold", 0.25, each.rate / report.folds[each.events].rate)
        else:
            yield Goal("the ingestor alone, lines/s", 150_000, each.rate)
    if report.latency:
        yield Goal("event to visible KPI, p95 in seconds", 1, report.latency.percentile(95), at_most=True)
    yield from _memory([*report.rates, *report.loads, *report.growth])


def _other(result: Result) -> bool:
    return not result.name.startswith("nhip")


def _memory(results: list[Result]) -> Iterator[Goal]:
    """Of our Python processes; the store is one of them."""
    for name in ("worker", "store", "loader"):
        peaks = [
            each.processes[name].peak_mb
            for each in results
            if each.name.startswith(("nhip", "the ing")) and name in each.processes
        ]
        if peaks:
            yield Goal(f"largest resident size of the {name}, MB", 1000, max(peaks), at_most=True)

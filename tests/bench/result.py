"""One line of the table: what was measured, on what, and what it cost."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.bench.usage import Usage


@dataclass(frozen=True, slots=True)
class Result:
    name: str
    shape: str  # how the events came: in memory, so many a Kafka record, lines of a file
    events: int
    seconds: float
    processes: Mapping[str, Usage] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        return self.events / self.seconds

    def cpu_per_million(self, process: str) -> float:
        return self.processes[process].cpu * 1e6 / self.events


class Wrong(Exception):
    """A contender's totals are not those of the plain loop: its speed means nothing."""

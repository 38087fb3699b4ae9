"""What processes cost, read from outside: CPU seconds and the largest resident size so far."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Usage:
    cpu: float
    peak_mb: float


def usage(pid: int | str = "self") -> Usage:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    status = Path(f"/proc/{pid}/status").read_text()
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return Usage((int(fields[11]) + int(fields[12])) / TICKS, int(peak.split()[1]) / 1024)


def usages(pids: Mapping[str, int]) -> dict[str, Usage]:
    return {name: usage(pid) for name, pid in pids.items()}


def spent(before: Mapping[str, Usage], pids: Mapping[str, int]) -> dict[str, Usage]:
    """CPU seconds since `before`; the peak is that of the whole life. Whoever was not there before began at nothing."""
    nothing = Usage(0.0, 0.0)
    now = usages(pids)
    return {name: Usage(each.cpu - before.get(name, nothing).cpu, each.peak_mb) for name, each in now.items()}

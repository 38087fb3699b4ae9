"""A portal's access log: read alone, loaded through the whole pipeline, and by GoAccess where it is installed.

All must count the same requests, errors and pages not found, or there is no result.
"""

import json
import os
import resource
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dashboards.figures import Scope, kpi
from dashboards.store import connect
from deploy.folder import DataFolder, Role
from deploy.stack import running
from ingest.access.reading import AccessReader
from ingest.load import STRETCH
from metrics.period import parse
from tests.bench.loading import LOADER, told
from tests.bench.result import Result, Wrong
from tests.bench.stack import settings_of, tell
from tests.bench.usage import Usage, spent, usages

SHAPE = "lines of one day, shuffled by primes"
DAY = datetime(2024, 5, 1, tzinfo=UTC) - timedelta(hours=7)
PAGES = ("/", "/css/site.css", "/js/app.js", "/tra-cuu?ma=H07-{n}", "/thu-tuc/1.{n:06}.H07", "/nop-ho-so/1.{n:06}")
STATUSES = ("200",) * 15 + ("304", "302", "404", "404", "500")
AGENTS = ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/{v}.0 Safari/537.36", "Googlebot/2.{v}")
FORMAT = '%h %^[%d:%t %^] "%r" %s %b "%R" "%u" %T'

Counts = tuple[int, int, int]
"""Requests, server errors, not found."""


def access(folder: Path, lines: int) -> Iterator[Result]:
    drop = folder / "drop"
    drop.mkdir()
    expected = _write(drop / "access.log", lines)
    yield _reader(drop / "access.log", lines)
    yield _load(folder / "data", drop, lines, expected)
    if shutil.which("goaccess"):
        yield _goaccess(drop / "access.log", folder / "goaccess.json", lines, expected)


def _write(path: Path, lines: int) -> Counts:
    failed = missing = 0
    with path.open("w") as log:
        for n in range(lines):
            status = STATUSES[n * 7919 % len(STATUSES)]
            failed, missing = failed + (status == "500"), missing + (status == "404")
            log.write(_line(n, DAY + timedelta(seconds=86_400 * n // lines), status))
    return lines, failed, missing


def _line(n: int, at: datetime, status: str) -> str:
    page = PAGES[n * 104_729 % len(PAGES)].format(n=n % 300)
    agent = AGENTS[n % 13 == 0].format(v=100 + n % 20)
    address = f"203.0.{n * 31 % 256}.{n * 17 % 256}"
    asked = f'"GET {page} HTTP/1.1" {status} {n * 13 % 90_000}'
    return f'{address} - - [{at:%d/%b/%Y:%H:%M:%S} +0000] {asked} "-" "{agent}" {n * 7 % 2000 / 1000:.3f}\n'


def _reader(path: Path, lines: int) -> Result:
    reader, before, began = AccessReader(), usages({"Python": os.getpid()}), time.perf_counter()
    with path.open("rb") as log:
        for number, line in enumerate(log, start=1):
            reader.read(line[:-1])
            if number % STRETCH == 0:
                for _ in reader.rest():
                    pass
    seconds = time.perf_counter() - began
    return Result("the reader alone", SHAPE, lines, seconds, spent(before, {"Python": os.getpid()}))


def _load(data: Path, drop: Path, lines: int, expected: Counts) -> Result:
    with running(settings_of(data), Role.UP, tell) as where:
        state = DataFolder(data).state()
        if state is None:
            raise RuntimeError("the stack does not say what runs")
        before = usages(state.pids)
        said, loader = told(LOADER, ["load", str(drop), "--data", str(data), "--json"])
        costs = spent(before, state.pids) | {"loader": loader}
        client = connect(where.clickhouse)
        read = {each.kpi.id: each for each in kpi(client, Scope(parse("2024-05-01")))}
        rates = (read["portal_error_rate"], read["portal_not_found_rate"])
        _require("nhip load", (read["portal_requests"].numerator, *(rate.numerator for rate in rates)), expected)
        client.close()
    return Result("nhip load, whole", SHAPE, lines, said["seconds"], costs)


def _goaccess(log: Path, out: Path, lines: int, expected: Counts) -> Result:
    """Everything it does with a log by default, as one process."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    words = ["--log-format", FORMAT, "--date-format=%d/%b/%Y", "--time-format=%T", "--no-progress", "-o", str(out)]
    subprocess.run(["goaccess", str(log), *words], check=True, capture_output=True)
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    said = json.loads(out.read_text())
    listed = [item for group in said["status_codes"]["data"] for item in group.get("items", [group])]
    hits = {item["data"][:3]: item["hits"]["count"] for item in listed}
    _require("GoAccess", (said["general"]["valid_requests"], hits.get("500", 0), hits.get("404", 0)), expected)
    cost = Usage(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss / 1024)
    return Result("GoAccess", SHAPE, lines, seconds, {"GoAccess": cost})


def _require(who: str, found: tuple[object, ...], expected: Counts) -> None:
    if found != expected:
        raise Wrong(f"{who}: counts {found}, expected {expected}")

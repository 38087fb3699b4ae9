"""A day of a portal's log: read alone, loaded, followed through a rotation, and by GoAccess where it is installed.

All must count the same requests, errors and pages not found, and nhip's visitors must be near the exact ones, or there
is no result.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from clickhouse_connect.driver.client import Client

from dashboards.figures import Scope, kpi
from dashboards.requested import requested
from dashboards.store import connect
from dashboards.visits import came, visits
from deploy.folder import DataFolder, Role
from deploy.stack import running
from ingest.access.reading import AccessReader
from ingest.load import STRETCH
from metrics.catalogue.portal import KPIS as PORTAL_KPIS
from metrics.period import parse
from metrics.visitors import ERROR
from tests.bench.loading import LOADER, told
from tests.bench.report import line_of
from tests.bench.result import Result, Wrong
from tests.bench.stack import settings_of, tell
from tests.bench.usage import Usage, spent, usage, usages

SHAPE = "lines of one day, shuffled by primes"
SECONDS_OF_A_DAY = 86_400
VISITORS = 50_000
SIGMAS = 4
"""Standard errors that an estimate of visitors may be off: one in fifteen thousand is further."""
PATIENCE = 600.0
DAY = datetime(2024, 5, 1, tzinfo=UTC) - timedelta(hours=7)
PAGES = ("/", "/css/site.css", "/js/app.js", "/tra-cuu?ma=H07-{n}", "/thu-tuc/1.{n:06}.H07", "/nop-ho-so/1.{n:06}")
STATUSES = ("200",) * 15 + ("304", "302", "404", "404", "500")
AGENTS = ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/{v}.0 Safari/537.36", "Googlebot/2.{v}")
FORMAT = '%h %^[%d:%t %^] "%r" %s %b "%R" "%u" %T'

Counts = tuple[int, int, int]
"""Requests, server errors, not found."""


@dataclass(frozen=True, slots=True)
class Expected:
    counts: Counts
    visitors: int
    """Addresses with a browser, robots apart, that were answered with 200-399."""


@dataclass(frozen=True, slots=True)
class Read:
    """How a day was read; `visitors` is what was estimated, where it was."""

    result: Result
    visitors: int | None = None

    def row(self, goaccess: Result | None, expected: Expected) -> dict[str, str]:
        off = None if self.visitors is None else self.visitors / expected.visitors - 1
        return {
            **line_of(self.result),
            "× as fast as a day makes them": f"{SECONDS_OF_A_DAY / self.result.seconds:,.0f}",
            "÷ GoAccess": f"{self.result.rate / goaccess.rate:.2f}" if goaccess else "",
            "visitors off by": "" if off is None else f"{100 * off:+.2f} %",
        }


def access(folder: Path, lines: int) -> list[dict[str, str]]:
    """A row for each."""
    drop = folder / "drop"
    drop.mkdir()
    log = drop / "access.log"
    expected = _write(log, lines)
    found = [Read(_reader(log, lines)), _load(folder / "loaded", drop, lines, expected)]
    goaccess = _goaccess(log, folder / "goaccess.json", lines, expected) if shutil.which("goaccess") else None
    found.append(_followed(folder / "followed", log, lines, expected))
    return [each.row(goaccess, expected) for each in (*found, *([Read(goaccess)] if goaccess else []))]


def _write(path: Path, lines: int) -> Expected:
    failed = missing = 0
    visitors: set[tuple[str, str]] = set()
    with path.open("w") as log:
        for n in range(lines):
            status = STATUSES[n * 7919 % len(STATUSES)]
            failed, missing = failed + (status == "500"), missing + (status == "404")
            log.write(_line(n, DAY + timedelta(seconds=SECONDS_OF_A_DAY * n // lines), status))
            if status[0] in "23" and not _robot(n):
                visitors.add((_address(n), _agent(n)))
    return Expected((lines, failed, missing), len(visitors))


def _address(n: int) -> str:
    visitor = n * 7919 % VISITORS
    return f"203.{visitor // 62_500}.{visitor // 250 % 250}.{visitor % 250}"


def _agent(n: int) -> str:
    return AGENTS[_robot(n)].format(v=100 + n % 20)


def _robot(n: int) -> bool:
    return n % 13 == 0


def _line(n: int, at: datetime, status: str) -> str:
    page = PAGES[n * 104_729 % len(PAGES)].format(n=n % 300)
    asked = f'"GET {page} HTTP/1.1" {status} {n * 13 % 90_000}'
    return f'{_address(n)} - - [{at:%d/%b/%Y:%H:%M:%S} +0000] {asked} "-" "{_agent(n)}" {n * 7 % 2000 / 1000:.3f}\n'


def _reader(path: Path, lines: int) -> Result:
    reader, before, began = AccessReader(salt=str.encode), usages({"Python": os.getpid()}), time.perf_counter()
    with path.open("rb") as log:
        for number, line in enumerate(log, start=1):
            reader.read(line[:-1])
            if number % STRETCH == 0:
                for _ in reader.rest():
                    pass
    seconds = time.perf_counter() - began
    return Result("the reader alone", SHAPE, lines, seconds, spent(before, {"Python": os.getpid()}))


def _load(data: Path, drop: Path, lines: int, expected: Expected) -> Read:
    with running(settings_of(data), Role.UP, tell) as where:
        pids = _pids(data)
        before = usages(pids)
        said, loader = told(LOADER, ["load", str(drop), "--data", str(data), "--json"])
        costs = spent(before, pids) | {"loader": loader}
        result = Result("nhip load, whole", SHAPE, lines, said["seconds"], costs)
        return Read(result, _held("nhip load", where.clickhouse, expected))


def _followed(data: Path, whole: Path, lines: int, expected: Expected) -> Read:
    """Half of the day is there when it begins; then the log is renamed, and the other half comes."""
    log = data.with_name("followed-log") / "access.log"
    log.parent.mkdir()
    first, second = _halves(whole)
    log.write_bytes(first)
    with running(settings_of(data), Role.UP, tell) as where, closing(connect(where.clickhouse)) as client:
        pids = _pids(data)
        before, began = usages(pids), time.monotonic()
        words = ["ingest", "access-log", str(log), "--follow", "--data", str(data)]
        with subprocess.Popen(
            [sys.executable, "-c", LOADER.format(words=words)], stderr=subprocess.DEVNULL
        ) as follower:
            try:
                _until(client, lines // 4)
                log.rename(log.with_name("access.log.1"))
                log.write_bytes(second)
                _until(client, lines)
                seconds, cost = time.monotonic() - began, usage(follower.pid)
            finally:
                follower.terminate()
        result = Result(
            "nhip ingest access-log, rotated", SHAPE, lines, seconds, spent(before, pids) | {"loader": cost}
        )
        return Read(result, _held("nhip ingest access-log", where.clickhouse, expected))


def _halves(path: Path) -> tuple[bytes, bytes]:
    content = path.read_bytes()
    middle = content.index(b"\n", len(content) // 2) + 1
    return content[:middle], content[middle:]


def _until(client: Client, requests: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while _counted(client)[0] < requests:
        if time.monotonic() > deadline:
            raise RuntimeError(f"{requests} requests cannot be seen; see the logs of ingest and worker")
        time.sleep(0.2)


def _pids(data: Path) -> Mapping[str, int]:
    state = DataFolder(data).state()
    if state is None:
        raise RuntimeError("the stack does not say what runs")
    return state.pids


def _held(who: str, url: str, expected: Expected) -> int:
    """The visitors, once all counts are as they should be."""
    with closing(connect(url)) as client:
        _require(who, _counted(client), expected.counts)
        day = parse("2024-05-01")
        found = visits(came(client, day), requested(client, day)).visitors or 0
    if abs(found / expected.visitors - 1) > SIGMAS * ERROR:
        raise Wrong(f"{who}: {found} visitors, and there were {expected.visitors}")
    return found


def _counted(client: Client) -> Counts:
    read = {each.kpi.id: each for each in kpi(client, Scope(parse("2024-05-01")), kpis=PORTAL_KPIS)}
    names = ("portal_requests", "portal_error_rate", "portal_not_found_rate")
    requests, failed, missing = (int(read[name].numerator or 0) for name in names)
    return requests, failed, missing


def _goaccess(log: Path, out: Path, lines: int, expected: Expected) -> Result:
    """Everything it does with a log by default, as one process."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    words = ["--log-format", FORMAT, "--date-format=%d/%b/%Y", "--time-format=%T", "--no-progress", "-o", str(out)]
    subprocess.run(["goaccess", str(log), *words], check=True, capture_output=True)
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    said = json.loads(out.read_text())
    listed = [item for group in said["status_codes"]["data"] for item in group.get("items", [group])]
    hits = {item["data"][:3]: item["hits"]["count"] for item in listed}
    _require("GoAccess", (said["general"]["valid_requests"], hits.get("500", 0), hits.get("404", 0)), expected.counts)
    cost = Usage(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss / 1024)
    return Result("GoAccess", SHAPE, lines, seconds, {"GoAccess": cost})


def _require(who: str, found: tuple[object, ...], expected: Counts) -> None:
    if found != expected:
        raise Wrong(f"{who}: counts {found}, expected {expected}")

"""Made-up years of a province, and whether the figures of a stack are theirs."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from clickhouse_connect.driver.client import Client

from dashboards.figures import Scope, kpi
from dashboards.reconcile import drift
from deploy.commands.load import load
from deploy.parts import Addresses
from deploy.settings import Settings
from deploy.sources.portal import kinds_of
from ingest.simulate.files import write
from metrics.period import parse
from tests.access_lines import AGENTS, ENDS, REQUESTS, line
from tests.oracle import Oracle, comparable

KINDS = ("agencies", "services", "dossiers", "progress", "payments", "access")


def simulated(folder: Path, dossiers: int, year: int) -> Path:
    write(folder, dossiers, seed=year, year=year)
    (folder / "access.log").write_bytes(b"\n".join(requests(dossiers, year)))
    return folder


def requests(count: int, year: int) -> Iterator[bytes]:
    """Some of them alike, on every day of the year."""
    for n in range(count):
        at = datetime(year, 1, 1, tzinfo=UTC) + timedelta(hours=n // 3 * 7919 % 8760)
        status = ("200", "200", "404", "503")[n % 4]
        yield line(f"{at:%d/%b/%Y:%H:%M:%S} +0000", REQUESTS[n // 3 % 5], status, AGENTS[n % 2], ENDS[n % 4])


def files(folder: Path) -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for kind in KINDS for path in sorted(folder.glob(f"{kind}*"))]


def bring(folder: Path, settings: Settings, where: Addresses) -> None:
    """As `nhip load` does, into what runs there."""
    load(folder, kinds_of(settings), settings, where, lambda _: None)


@dataclass
class Province:
    """Everything that was loaded so far, in the order of loading."""

    client: Client
    oracle: Oracle = field(default_factory=Oracle)

    def assert_exact_with(self, folder: Path, year: int) -> None:
        """The folder is loaded now."""
        self.oracle.load(files(folder))
        self.assert_exact(year)

    def assert_exact(self, year: int) -> None:
        """Every figure of several periods, lists and agencies; and facts and cells agree everywhere."""
        for period, agency, by in self._questions(year):
            rows = [reading.json() for reading in kpi(self.client, Scope(parse(period), agency, by))]
            assert comparable(rows, by) == comparable(self.oracle.kpis(period, agency, by), by), (period, agency, by)
        assert drift(self.client) == []

    def _questions(self, year: int) -> Iterator[tuple[str, str | None, str | None]]:
        for period in (f"{year}", f"{year}-Q2", f"{year}-11", f"{year}-W20", f"{year}-05-14"):
            yield period, None, None
        yield f"{year}-03", None, "agency"
        yield f"{year}-W36", None, "procedure"
        yield f"{year}", None, "channel"
        units = sorted(self.oracle.agencies)
        for unit in (units[0], units[len(units) // 2], units[-1]):
            yield str(year), unit, None

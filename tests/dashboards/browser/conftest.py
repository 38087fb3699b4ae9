"""One store with a small province, one guarded board in front of it, one Chromium."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from clickhouse_connect.driver.client import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from dashboards.app import create_app
from dashboards.auth.security import Security
from dashboards.board import BoardConfig
from dashboards.indices import keep as keep_indices
from deploy.migrate import migrate
from metrics.annual import Criterion, Scored
from metrics.events import Topic
from streams.decode import Record
from streams.keep import keep, read
from streams.state import State, connect
from tests.strategies import History, text
from tests.support.board import served
from tests.support.closing import closed, correct, earlier
from tests.support.filling import province
from tests.support.log import batches, logs
from tests.support.portal import exported
from tests.support.store import RunningStore, store

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


SCORES = [
    Scored("par_index", "Bến Tre", 2022, None, 56, 63),
    Scored("par_index", "Bến Tre", 2021, Decimal("81.5"), 37, 63),
    Scored("par_index", "Vĩnh Long", 2025, Decimal("82.5"), 30, 34),
    Scored("par_index", "Vĩnh Long", 2024, Decimal("80.5"), 40, 63),
    Scored("par_units", "Sở Nội vụ", 2025, Decimal("88.5"), 1, 17, Decimal(95), "so"),
]
CRITERIA = [
    Criterion("par_index", "Bến Tre", 2021, "1.1", "Qua bưu chính", Decimal(0), Decimal(2), ("on_time_resolution",)),
    Criterion("par_index", "Bến Tre", 2021, "1.2", "Đúng hạn", Decimal(2), Decimal(2)),
]


class Clock:
    """Runs from a morning in June, when the simulated year is under way."""

    def __init__(self) -> None:
        self.began = datetime.now(UTC)
        self.start = datetime(2026, 6, 10, 3, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.start + (datetime.now(UTC) - self.began)


@dataclass
class Site:
    """`later` are the last events of the year, held back until a test wants something to happen."""

    address: str
    running: RunningStore
    client: Client
    clock: Clock
    later: list[tuple[Topic, list[Record]]] = field(default_factory=list)

    def happen(self) -> None:
        topic, batch = self.later.pop(0)
        keep(State(self.client), read(topic, batch))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with store(tmp_path_factory.mktemp("browser")) as running:
        migrate(running.url)
        client, clock = connect(running.url), Clock()
        later = fill(client, tmp_path_factory.mktemp("drop"))
        keep_indices(client, SCORES, CRITERIA, 0)
        close_and_correct(client, clock)
        exported(client, "2026-05")
        config = BoardConfig(running.reader_url, clock, security=Security(running.url, "s" * 40))
        with served(create_app(config)) as address:
            yield Site(address, running, client, clock, later)


def fill(client: Client, folder) -> list[tuple[Topic, list[Record]]]:
    """A province, but for its last few records of dossiers."""
    year = province(folder, 2000, 5)
    more = [resolved(number) for number in range(400)]
    lines = year.lines | {"dossiers": year.lines["dossiers"] + more}
    arrival = (*year.arrival, *["dossiers"] * len(more))
    later = []
    for topic, records in logs(History(lines, arrival), [100]).items():
        now, held = (records[:-3], records[-3:]) if topic is Topic.DOSSIERS else (records, [])
        for batch in batches(now, [12]):
            keep(State(client), read(topic, batch))
        later += [(topic, [record]) for record in held]
    return later


def close_and_correct(client: Client, clock: Clock) -> None:
    """April and May are closed; then dossiers of May come late, and dossiers of one agency turn out to be overdue."""
    for period in ("2026-04", "2026-05"):
        closed(client, period, f"báo cáo tháng {period[-1]}", clock())
    correct(client, [late(number) for number in range(60)])
    correct(client, earlier(client, timedelta(days=20), "startsWith(dossier, 'H99.20.') AND toMonth(resolved_at) = 5"))


def late(number: int) -> bytes:
    return text(
        {
            "MaHoSo": f"H99.02-260504-{number + 7000}",
            "MaTTHC": "2.100007",
            "KenhThucHien": "1",
            "NgayTiepNhan": "20260504080000",
            "NgayHenTra": "20260508170000",
            "NgayKetThucXuLy": f"202605{7 + number % 4:02d}090000",
        }
    )


def resolved(number: int) -> bytes:
    """A dossier that counts in each figure of dossiers in December 2026."""
    return json.dumps(
        {
            "MaHoSo": f"H99.02-261210-{number + 9000}",
            "MaTTHC": "2.100007",
            "KenhThucHien": "2",
            "NgayTiepNhan": "20261210080000",
            "NgayHenTra": "20261220170000",
            "NgayKetThucXuLy": "20261211100000",
        }
    ).encode()


@pytest.fixture(scope="module")  # its driver keeps an event loop running, which tests of other folders want to start
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "no Chromium: `make browser` installs it"
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=path, args=FLAGS) as chromium:
        yield chromium


@dataclass
class Seen:
    """A page, and everything the browser complained of."""

    page: Page
    complaints: list[str]

    def open(self, path: str) -> Page:
        answer = self.page.goto(path, wait_until="load")
        assert answer is not None
        assert answer.status == 200, answer.text()
        return self.page


Look = Callable[..., Seen]


@pytest.fixture
def look(site: Site, browser: Browser) -> Iterator[Look]:
    """A fresh visitor; a complaint of the browser fails the test."""
    opened: list[tuple[BrowserContext, Seen]] = []

    def visitor(width: int = 1280, height: int = 800, **options) -> Seen:
        context = browser.new_context(base_url=site.address, viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(10_000)
        seen = Seen(context.new_page(), [])
        seen.page.on("console", lambda message: complain(seen, message))
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        opened.append((context, seen))
        return seen

    yield visitor
    for context, seen in opened:
        context.close()
        assert not seen.complaints


def complain(seen: Seen, message: ConsoleMessage) -> None:
    if message.type in {"error", "warning"}:
        seen.complaints.append(f"{seen.page.url}: {message.text}")


HOUR = timedelta(hours=1)

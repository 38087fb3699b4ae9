"""`nhip kpi`: the KPIs of one period."""

from argparse import Namespace
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table

from dashboards.figures import Reading, Scope, kpi
from dashboards.question import DIMENSIONS
from dashboards.store import connect
from deploy.folder import Role
from deploy.output import say_json, tell
from deploy.settings import Settings
from deploy.stack import running
from metrics.display import count
from metrics.errors import Misconfigured
from metrics.formula import Number
from metrics.period import FORMS, parse

KEY_TITLES = {"agency": "Đơn vị", "procedure": "Thủ tục", "channel": "Kênh"}
CHANNELS = {"1": "Trực tiếp", "2": "Trực tuyến", "3": "Bưu chính"}


def problems(given: Namespace) -> Iterator[str]:
    if given.period is None:
        yield f"--period: say which, as {FORMS}"
    else:
        try:
            parse(given.period)
        except Misconfigured as error:
            yield from (f"--{problem}" for problem in error.problems)
    if given.by not in {None, *DIMENSIONS}:
        yield f"--by: one of {', '.join(DIMENSIONS)}"
    if given.agency == "":
        yield "--agency: give its code, such as H07.14"


def run(given: Namespace, settings: Settings) -> int:
    scope = Scope(parse(given.period), given.agency, given.by)
    with running(settings, Role.READER, tell) as where:
        readings = kpi(connect(where.clickhouse), scope)
    if given.json:
        say_json([reading.json() for reading in readings])
    else:
        Console().print(table(scope, readings))
    return 0


def table(scope: Scope, readings: Sequence[Reading]) -> Table:
    place = f" – {scope.agency} và các đơn vị trực thuộc" if scope.agency else ""
    drawn = Table(title=f"Kỳ {scope.period.name}{place}", title_justify="left")
    drawn.add_column("Chỉ số")
    if scope.by:
        drawn.add_column(KEY_TITLES[scope.by])
    for title in ("Giá trị", "Tử số", "Mẫu số"):
        drawn.add_column(title, justify="right", no_wrap=True)
    for reading in readings:
        drawn.add_row(*_row(scope, reading))
    return drawn


def _row(scope: Scope, reading: Reading) -> Iterator[str]:
    yield reading.kpi.title.vi
    if scope.by:
        yield _key(scope.by, str(reading.key))
    yield reading.display
    yield _number(reading.numerator)
    yield _number(reading.denominator)


def _key(by: str, key: str) -> str:
    return CHANNELS.get(key, key) if by == "channel" else key


def _number(counted: Number | None) -> str:
    return "" if counted is None else count(counted)

"""`nhip kpi`: the KPIs of one period."""

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from clickhouse_connect.driver.client import Client
from rich.console import Console
from rich.table import Table

from dashboards.closing.figures import as_closed, of_kept
from dashboards.figures import Scope, known_family, kpi, of_families
from dashboards.parts import Part, in_parts
from dashboards.question import DIMENSIONS
from dashboards.store import connect
from deploy.commands.kpi_at import problems_at, run_at
from deploy.folder import Role
from deploy.output import say_json, tell
from deploy.settings import Settings
from deploy.stack import running
from metrics.catalogue import CATALOGUE
from metrics.display import count
from metrics.errors import Misconfigured
from metrics.formula import Number
from metrics.period import FORMS, parse

KEY_TITLES = {"agency": "Đơn vị", "procedure": "Thủ tục", "channel": "Kênh"}
CHANNELS = {"1": "Trực tiếp", "2": "Trực tuyến", "3": "Bưu chính"}


def problems(given: Namespace) -> Iterator[str]:
    if given.at is not None:
        yield from problems_at(given)
        return
    if given.period is None:
        yield f"--period: say which, as {FORMS}"
    else:
        try:
            parse(given.period)
        except Misconfigured as error:
            yield from (f"--{problem}" for problem in error.problems)
    if given.by not in {None, *DIMENSIONS}:
        yield f"--by: one of {', '.join(DIMENSIONS)}"
    yield from family_problems(given.family)
    if given.agency == "":
        yield "--agency: give its code, such as H07.14"


def family_problems(family: str | None) -> Iterator[str]:
    try:
        known_family(family)
    except Misconfigured as error:
        yield from (f"--{problem}" for problem in error.problems)


def run(given: Namespace, settings: Settings) -> int:
    if given.at is not None:
        return run_at(given, settings)
    scope = Scope(parse(given.period), given.agency, given.by)
    with running(settings, Role.READER, tell) as where:
        client = connect(where.clickhouse)
        figures = read(client, scope, given.family, as_it_was_closed=given.as_closed)
        whole = given.json or given.as_closed or given.by
        broken = [] if whole else in_parts(client, scope, of_families(scope.period, given.family))
    if given.json:
        say_json(figures)
    else:
        Console().print(table(scope, figures, "theo số đã chốt" if given.as_closed else ""))
        for part in broken:
            tell(said_of(part))
    return 0


def read(client: Client, scope: Scope, family: str | None, *, as_it_was_closed: bool) -> list[Mapping[str, Any]]:
    kpis = of_families(scope.period, family)
    if as_it_was_closed:
        return list(of_kept(as_closed(client, scope), family))
    return [reading.json() for reading in kpi(client, scope, kpis=kpis)]


def said_of(part: Part) -> str:
    """A line for each part of a figure whose period must not be taken for one."""
    reading, span = part.reading, part.reading.scope.period
    why = f" ({'; '.join(each.reason.vi for each in part.breaks)})" if part.breaks else ""
    return f"≠ {reading.kpi.title.vi}, {span.first:%d/%m/%Y} – {span.last:%d/%m/%Y}{why}: {reading.display}"


def table(scope: Scope, figures: Sequence[Mapping[str, Any]], said: str) -> Table:
    """Of figures as their JSON has them."""
    place = f"{scope.agency} và các đơn vị trực thuộc" if scope.agency else ""
    title = " – ".join(filter(None, (f"Kỳ {scope.period.name}", place, said)))
    drawn = Table(title=title, title_justify="left")
    drawn.add_column("Chỉ số")
    if scope.by:
        drawn.add_column(KEY_TITLES[scope.by])
    for title in ("Giá trị", "Tử số", "Mẫu số"):
        drawn.add_column(title, justify="right", no_wrap=True)
    for figure in figures:
        drawn.add_row(*_row(scope, figure))
    return drawn


def _row(scope: Scope, figure: Mapping[str, Any]) -> Iterator[str]:
    titles = {(each.id, each.version): each.title.vi for each in CATALOGUE}
    yield titles.get((figure["kpi"], figure["version"]), figure["kpi"])
    if scope.by:
        yield _key(scope.by, figure[scope.by])
    yield figure["display"]
    yield _number(figure["numerator"])
    yield _number(figure["denominator"])


def _key(by: str, key: str) -> str:
    return CHANNELS.get(key, key) if by == "channel" else key


def _number(counted: Number | None) -> str:
    return "" if counted is None else count(counted)

"""`nhip national`: what the national portal says, imported from its exports, and set beside what we say."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

from clickhouse_connect.driver.client import Client

from dashboards.figures import Scope
from dashboards.national.imports import Import, digest, figures, holds, imports, keep, keep_figures
from dashboards.national.pairs import Beside
from dashboards.store import connect
from deploy.folder import Role
from deploy.national_view import compared, listed
from deploy.output import tell
from deploy.settings import Settings
from deploy.stack import running
from ingest.portal_columns import USUAL, mapping
from ingest.portal_export import read, rows
from ingest.tables import Row
from metrics.catalogue import CATALOGUE, UNCOVERED
from metrics.civil import civil
from metrics.errors import Misconfigured
from metrics.national.published import FIGURE_HEADS, Published, published, repeated
from metrics.period import parse
from metrics.typed import Line

WHATS = ("import", "compare", "list")

Work = Callable[[Client], str]
"""Writes, and says what became of it."""


def problems(given: Namespace) -> Iterator[str]:
    if given.what not in WHATS:
        yield f"WHAT: {', '.join(WHATS)}"
    if given.what == "import":
        yield from _file("FILE", given.file or "")
    elif given.file:
        yield f"FILE: not for `nhip national {given.what}`"
    if given.mapping is not None:
        yield from _file("--mapping", given.mapping)
    if given.period is None and given.what == "compare":
        yield "--period: say which, such as 2026-06"
    for flag, check in (("period", parse), ("taken", date.fromisoformat), ("as_of", date.fromisoformat)):
        yield from _unread(flag.replace("_", "-"), getattr(given, flag), check)


def _file(name: str, path: str) -> Iterator[str]:
    if not Path(path).is_file():
        yield f"{name}: {path} is no file" if path else f"{name}: give a CSV, XLSX, JSON or JSON Lines file"


def _unread(flag: str, value: str | None, check: Callable[[str], object]) -> Iterator[str]:
    try:
        if value is not None:
            check(value)
    except Misconfigured as error:
        yield from (f"--{problem}" for problem in error.problems)
    except ValueError:
        yield f"--{flag}: write a day such as 2026-07-01"


def run(given: Namespace, settings: Settings) -> int:
    if given.what == "import":
        return _import(given, settings)
    with running(settings, Role.READER, tell) as where:
        client = connect(where.clickhouse)
        if given.what == "list":
            listed(imports(client), figures(client, given.period), pure_json=given.json)
        else:
            as_of = date.fromisoformat(given.as_of) if given.as_of else None
            beside = Beside(Scope(parse(given.period), given.agency), as_of)
            compared(client, beside, given.family, pure_json=given.json)
    return 0


def _import(given: Namespace, settings: Settings) -> int:
    """The file is read whole, and every problem told, before the store is touched."""
    path, now = Path(given.file), datetime.now(UTC)
    following = rows(path)
    first = next(following, None)
    every = following if first is None else chain([first], following)
    told, work = (_figures if _of_figures(first) else _dossiers)(given, path.name, every, now)
    if given.dry_run:
        tell(f"{told} could be imported; nothing was written")
        return 0
    with running(settings, Role.READER, tell) as where:
        tell(f"{told}: {work(connect(where.clickhouse))}")
    return 0


def _of_figures(row: Row | None) -> bool:
    """A table of figures names an indicator."""
    return row is not None and any(_figure_head(head) == "indicator" for head in row.fields)


def _figure_head(head: str) -> str:
    name = " ".join(head.split()).casefold()
    return FIGURE_HEADS.get(name, name)


def _dossiers(given: Namespace, name: str, every: Iterator[Row], now: datetime) -> tuple[str, Work]:
    if given.period is None:
        raise Misconfigured(["--period: say of which days of reception the file is, such as 2026-06"])
    period, taken = parse(given.period), date.fromisoformat(given.taken) if given.taken else civil(now).date()
    if taken < period.first:
        raise Misconfigured([f"--taken: {taken} is before {period.name}"])
    covers = (period.first, min(period.last, taken))
    export = read(every, USUAL if given.mapping is None else mapping(Path(given.mapping)), covers)
    carries, number = tuple(sorted(export.carries)), len(export.records)
    found = Import(name, digest(export.records), *covers, taken, carries, number, now)

    def work(client: Client) -> str:
        if holds(client, found):
            return "the same is known already, nothing was changed"
        keep(client, found, export.records)
        return "imported"

    return f"{number} dossiers received from {covers[0]} to {covers[1]} ({export.left_out} columns not read)", work


def _figures(given: Namespace, name: str, every: Iterator[Row], now: datetime) -> tuple[str, Work]:
    wrong: list[str] = []
    known = {each.id for each in CATALOGUE} | {each.id for each in UNCOVERED}
    usual = date.fromisoformat(given.taken) if given.taken else civil(now).date()
    read_lines: list[tuple[Line, Published]] = []
    for row in every:
        line = Line(row.place, {_figure_head(head): value for head, value in row.fields.items()}, wrong)
        found = published(line, known, usual)
        if found is not None:
            read_lines.append((line, found))
    wrong += repeated(read_lines)
    if wrong:
        raise Misconfigured([*wrong, "nothing was imported"])
    fresh = [found for _, found in read_lines]
    return f"{len(fresh)} published figures of {name}", lambda client: f"{keep_figures(client, fresh, now)} were new"

"""`nhip units`: agencies over time. Who took over from whom, other ways to write codes, the provinces of 2025."""

import time
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from clickhouse_connect.driver.client import Client

from dashboards.store import connect
from dashboards.units import ALIASES, LINKS, known, replace
from deploy.folder import Role
from deploy.output import tell
from deploy.settings import Settings
from deploy.stack import running
from deploy.unit_lists import FIXED, STORED, show
from ingest.tables import table
from metrics.errors import Misconfigured
from metrics.provinces import PROVINCES
from metrics.succession import Link
from metrics.succession_lines import alias, is_link, link
from metrics.succession_lines import problems as problems_of
from metrics.typed import Line
from metrics.unit_codes import Alias

WITHOUT = (*STORED, "provinces")
WITH = {"import": "a CSV or XLSX file", "communes": "a province's code, such as 86"}


def problems(given: Namespace) -> Iterator[str]:
    if given.what not in (*WITHOUT, *WITH):
        yield f"WHAT: one of {', '.join((*WITH, *WITHOUT))}"
    elif given.what in WITH and not given.file:
        yield f"FILE: give {WITH[given.what]}"
    elif given.what in WITHOUT and given.file:
        yield f"FILE: not for `nhip units {given.what}`"
    elif given.what == "import" and not Path(given.file).is_file():
        yield f"FILE: {given.file} is no file"
    elif given.what == "communes" and given.file not in {each.code for each in PROVINCES}:
        yield f"FILE: {given.file} is no code of a province; `nhip units provinces` lists them"


def run(given: Namespace, settings: Settings) -> int:
    if given.what in FIXED:
        show(given.what, FIXED[given.what](given.file), pure_json=given.json)
        return 0
    read = lines(Path(given.file)) if given.what == "import" else []
    with running(settings, Role.READER, tell) as where:
        client = connect(where.clickhouse)
        if given.what == "import":
            import_all(client, read, Path(given.file).name)
        else:
            show(given.what, STORED[given.what](client), pure_json=given.json)
    return 0


def lines(path: Path) -> list[tuple[Line, Link | Alias]]:
    """Misconfigured with every problem that the file alone shows."""
    wrong: list[str] = []
    rows = [Line(row.place, row.fields, wrong) for row in table(path)]
    if len({is_link(row) for row in rows}) != 1:
        raise Misconfigured([f"{path.name}: give columns predecessor,successor,date,share or agency,written,from,to"])
    read = [(row, link(row) if is_link(row) else alias(row)) for row in rows]
    if wrong:
        raise Misconfigured(wrong)
    return [(row, each) for row, each in read if each is not None]


def import_all(client: Client, read: list[tuple[Line, Link | Alias]], file: str) -> None:
    """The file is the whole truth about its kind: what it does not say is taken away."""
    wrong = list(problems_of(read, known(client)))
    if wrong:
        raise Misconfigured([*wrong, "nothing was imported"])
    found = [each for _, each in read]
    held = replace(client, LINKS if isinstance(found[0], Link) else ALIASES, found, file, time.time())
    tell(f"{len(found)} lines of {file} hold now, instead of {held} before")

"""`nhip dead`: the lines that could not be read."""

from argparse import Namespace
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dashboards.pipeline import DeadLetter, dead_letters
from dashboards.store import connect
from deploy.folder import Role
from deploy.output import say_json, tell
from deploy.settings import Settings
from deploy.stack import running


def problems(_given: Namespace) -> Iterator[str]:
    return iter(())


def run(given: Namespace, settings: Settings) -> int:
    with running(settings, Role.READER, tell) as where:
        letters = dead_letters(connect(where.clickhouse))
    if given.json:
        say_json([letter.json() for letter in letters])
    elif letters:
        Console().print(table(letters))
    else:
        tell("no dead letters: every line could be read")
    return 0


def table(letters: list[DeadLetter]) -> Table:
    drawn = Table(title=f"Dòng không đọc được: {len(letters)}", title_justify="left")
    drawn.add_column("Tệp", overflow="fold")
    drawn.add_column("Dòng", justify="right")
    drawn.add_column("Lý do")
    for letter in letters:
        drawn.add_row(Text(letter.source), str(letter.line), Text(letter.reason))  # as it is, not as markup
    return drawn

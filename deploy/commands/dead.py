"""`nhip dead`: the lines that could not be read. `nhip dead replay`: those that can be read now."""

import time
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dashboards.pipeline import DeadLetter, behind, dead_letters
from dashboards.store import connect
from deploy.folder import Role
from deploy.output import say_json, tell
from deploy.rereading import Sources
from deploy.settings import Settings
from deploy.sources import mappings
from deploy.sources.topic import theirs
from deploy.stack import running
from deploy.visible import wait_until_visible
from ingest.consumer import consumer
from ingest.dead.replay import Outcome, replay
from ingest.sink import KafkaSink
from metrics.display import count


def problems(given: Namespace) -> Iterator[str]:
    if given.what not in {None, "replay"}:
        yield "WHAT: replay, or nothing to list them"
    elif given.what is None and (given.map or given.archive):
        yield "--map and --archive: only for `nhip dead replay`"
    if given.archive and not Path(given.archive).is_dir():
        yield f"--archive: {given.archive} is no folder"
    yield from mappings.problems(given.map)


def run(given: Namespace, settings: Settings) -> int:
    if given.what == "replay":
        return _replay(given, settings)
    with running(settings, Role.READER, tell) as where:
        letters = dead_letters(connect(where.clickhouse))
    if given.json:
        say_json([letter.json() for letter in letters])
    elif letters:
        Console().print(table(letters))
    else:
        tell("no dead letters: every line could be read")
    return 0


def _replay(given: Namespace, settings: Settings) -> int:
    """Returns when what was mended counts in the KPIs."""
    said = mappings.all_sorts(given.map)
    with running(settings, Role.INGEST, tell) as where:
        client = connect(where.clickhouse)
        letters = {(letter.source, letter.line): letter.kind for letter in dead_letters(client)}
        sources = Sources(settings, theirs(settings, where), said, given.archive or "")
        with KafkaSink(where.kafka, settings.partitions) as sink, consumer(where.kafka) as found:
            outcome = replay(letters, sources.opened, found, sink, settings.partitions)
            ends = sink.ends
        wait_until_visible(lambda: behind(client, ends), clock=time.monotonic, sleep=time.sleep)
    _tell(outcome, pure_json=given.json)
    return 0


def _tell(outcome: Outcome, *, pure_json: bool) -> None:
    if pure_json:
        say_json({"mended": dict(outcome.mended), "refused": dict(outcome.refused), "left": outcome.left})
        return
    drawn = Table(title="Đã đọc lại (read again)", title_justify="left")
    drawn.add_column("Nguồn", overflow="fold")
    drawn.add_column("Nay đúng (mended)", justify="right")
    drawn.add_column("Vẫn sai (refused)", justify="right")
    drawn.add_column("Để nguyên vì (left)")
    for source in dict.fromkeys((*outcome.mended, *outcome.left)):
        row = (source, count(outcome.mended[source]), count(outcome.refused[source]), outcome.left.get(source, ""))
        drawn.add_row(*map(Text, row))
    Console().print(drawn)


def table(letters: list[DeadLetter]) -> Table:
    drawn = Table(title=f"Dòng không đọc được: {len(letters)}", title_justify="left")
    drawn.add_column("Tệp", overflow="fold")
    drawn.add_column("Dòng", justify="right")
    drawn.add_column("Lý do")
    for letter in letters:
        drawn.add_row(Text(letter.source), str(letter.line), Text(letter.reason))  # as it is, not as markup
    return drawn

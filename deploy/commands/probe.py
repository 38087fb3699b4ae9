"""`nhip probe PAGES [--follow]`: asks for pages of the portal from outside, as people would."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from deploy.folder import Role
from deploy.output import say_json, tell
from deploy.settings import Settings
from deploy.sources.pouring import pour_on, pour_once
from deploy.stack import running
from ingest.probe.asking import Answer, ask
from ingest.probe.said import read
from ingest.probe.source import Probes
from metrics.errors import Misconfigured


def problems(given: Namespace) -> Iterator[str]:
    if not given.pages:
        yield "PAGES: name the file that says which pages are asked for (docs/portal.md)"
        return
    try:
        read(Path(given.pages))
    except Misconfigured as error:
        yield from error.problems


def run(given: Namespace, settings: Settings) -> int:
    """With `--follow` what goes wrong is told; else every answer is."""
    said, answers = read(Path(given.pages)), list[Answer]()
    with running(settings, Role.INGEST, tell) as where:
        if given.follow:
            tell(f"asking for {len(said.pages)} pages every {said.every:g} seconds. Ctrl-C stops it.")
            pour_on(settings, where, lambda _: Probes(said, ask, _now, _tell_trouble), said.every)
            return 0
        pour_once(settings, where, lambda _: Probes(said, ask, _now, answers.append))
    _show(answers, pure_json=given.json)
    return 0


def _now() -> datetime:
    return datetime.now(UTC)


def _tell_trouble(answer: Answer) -> None:
    if answer.why:
        tell(f"{answer.page}: {answer.why}")


def _show(answers: list[Answer], *, pure_json: bool) -> None:
    if pure_json:
        names = ("page", "status", "milliseconds", "why", "days")
        say_json([{name: getattr(answer, name) for name in names} for answer in answers])
        return
    drawn = Table(
        "Trang", "Trạng thái", "Mili giây", "Chứng thư còn (ngày)", "Vì sao sai", title="Dò cổng", title_justify="left"
    )
    for answer in answers:
        days = "–" if answer.days is None else str(answer.days)
        row = (answer.page, str(answer.status or "–"), f"{answer.milliseconds:.0f}", days, answer.why)
        drawn.add_row(*map(Text, row))
    Console().print(drawn)

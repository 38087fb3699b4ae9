"""`nhip load`: a drop folder through the whole pipeline, once."""

import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from dashboards.pipeline import behind
from dashboards.store import connect
from deploy.bar import shown
from deploy.folder import Role
from deploy.output import say, say_json, tell
from deploy.parts import Addresses
from deploy.settings import Settings
from deploy.sources.portal import kinds_of
from deploy.stack import running
from deploy.visible import wait_until_visible
from ingest.kinds import Kind
from ingest.load import Progress, Report, load_folder
from ingest.sink import KafkaSink
from metrics.display import count


@dataclass(frozen=True, slots=True)
class Done:
    report: Report
    seconds: float


def problems(given: Namespace) -> Iterator[str]:
    if not given.dir:
        yield "DIR: name the folder to load"
    elif not Path(given.dir).is_dir():
        yield f"DIR: {given.dir} is no folder"


def run(given: Namespace, settings: Settings) -> int:
    kinds = kinds_of(settings)
    with running(settings, Role.LOAD, tell) as where, shown() as show:
        done = load(Path(given.dir), kinds, settings, where, show)
    for name in done.report.ignored:
        tell(f"{name} is none of the files nhip reads, and was left alone")
    if given.json:
        say_json(
            {"accepted": done.report.accepted, "rejected": done.report.rejected, "seconds": round(done.seconds, 3)}
        )
    else:
        _print(done)
    return 0


def load(
    folder: Path,
    kinds: Sequence[Kind],
    settings: Settings,
    where: Addresses,
    show: Callable[[Progress | None], None],
) -> Done:
    """Until the last line counts in the KPIs. The clock starts when everything stands ready."""
    client = connect(where.clickhouse)
    with KafkaSink(where.kafka, settings.partitions) as sink:
        began = time.monotonic()
        report = load_folder(folder, sink, settings.data / "checkpoints", show, kinds)
    show(None)
    wait_until_visible(lambda: behind(client, report.ends), clock=time.monotonic, sleep=time.sleep)
    return Done(report, time.monotonic() - began)


def _print(done: Done) -> None:
    table = Table("Tệp", title="Đã nạp (loaded)", title_justify="left")
    table.add_column("Nhận (accepted)", justify="right")
    table.add_column("Từ chối (rejected)", justify="right")
    for kind, accepted in done.report.accepted.items():
        table.add_row(kind, count(accepted), count(done.report.rejected[kind]))
    Console().print(table)
    seconds = f"{done.seconds:.1f}"
    say(f"Xong sau {seconds.replace('.', ',')} giây (done in {seconds} s).")
    if any(done.report.rejected.values()):
        say("Dòng bị từ chối: `nhip dead` (rejected lines, with reasons).")

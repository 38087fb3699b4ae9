"""The progress bar of a load: on a terminal only."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn

from ingest.load import Progress as Loaded
from metrics.display import count


@contextmanager
def shown() -> Iterator[Callable[[Loaded | None], None]]:
    """Tell it how far the load is; None once everything is sent and only has to become visible."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading…", total=None)

        def show(loaded: Loaded | None) -> None:
            if loaded is None:
                bar.update(task, description="waiting for the last figures…", total=None)
            else:
                lines = f"{count(loaded.accepted + loaded.rejected)} dòng"
                bar.update(
                    task, description=f"{Path(loaded.source).name}, {lines}", total=loaded.size, completed=loaded.done
                )

        yield show

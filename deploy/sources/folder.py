"""`nhip ingest folder DIR [--follow]`: files as they come, and only what is new in them."""

import time
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from deploy.folder import Role
from deploy.output import tell
from deploy.settings import Settings
from deploy.sources.pouring import pour_on, pour_once, report
from deploy.stack import running
from ingest.border import Border
from ingest.follow.folder import PLACES, QUIET, FollowedFolder, Plan
from ingest.follow.shelf import LocalShelf
from ingest.kept import Kept
from ingest.sink import Sink
from metrics.errors import Unavailable


def problems(given: Namespace) -> Iterator[str]:
    if not given.place:
        yield "PLACE: name the folder to read"
    elif not Path(given.place).is_dir():
        yield f"PLACE: {given.place} is no folder"
    if given.archive and Path(given.archive).resolve() == Path(given.place or "").resolve():
        yield "--archive: name another folder than the one that is read"


def run(given: Namespace, settings: Settings) -> int:
    shelf, border = LocalShelf(Path(given.place)), Border()
    plan = Plan(archive=given.archive or "", quiet=QUIET if given.follow else 0.0)
    opened: list[FollowedFolder] = []

    def source(sink: Sink) -> FollowedFolder:
        kept = Kept(settings.data / "checkpoints", f"folder {shelf.place}", sink.identity, PLACES)
        opened.append(FollowedFolder(shelf, kept, border, plan, time.monotonic, tell))
        return opened[-1]

    with running(settings, Role.INGEST, tell) as where:
        if given.follow:
            tell(f"following {shelf.place}. Ctrl-C stops it.")
            pour_on(settings, where, source)
            return 0
        pour_once(settings, where, source)
    report(border, pure_json=given.json)
    if opened[-1].unread:
        raise Unavailable(f"not read: {', '.join(opened[-1].unread)}; run it again once that is mended")
    return 0

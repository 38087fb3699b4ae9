"""A followed folder into Kafka, whatever lies in it."""

import time
from argparse import Namespace

from deploy.folder import Role
from deploy.output import tell
from deploy.settings import Settings
from deploy.sources.pouring import pour_on, pour_once, report
from deploy.stack import running
from ingest.border import Border
from ingest.follow.folder import FollowedFolder, Plan
from ingest.follow.place import PLACES
from ingest.follow.shelf import Shelf
from ingest.kept import Kept
from ingest.sink import Sink
from metrics.errors import Unavailable


def run_followed(given: Namespace, settings: Settings, kept_as: str, shelf: Shelf, plan: Plan) -> int:
    """`kept_as` names the places that are remembered."""
    border, opened = Border(), list[FollowedFolder]()

    def source(sink: Sink) -> FollowedFolder:
        kept = Kept(settings.data / "checkpoints", kept_as, sink.identity, PLACES)
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

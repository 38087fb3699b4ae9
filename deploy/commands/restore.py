"""`nhip restore`: a backup into an empty store."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from dashboards.store import connect
from deploy.backup.log import Topics
from deploy.backup.manifest import opened
from deploy.backup.restore import require_room, restore
from deploy.backup.tables import tables
from deploy.folder import Role
from deploy.output import say, tell
from deploy.settings import Settings
from deploy.stack import running

NEXT = "start the workers: they go on from there (`nhip reconcile` proves the figures)"


def problems(given: Namespace) -> Iterator[str]:
    if not given.backup:
        yield "BACKUP: name the folder of the backup"


def run(given: Namespace, settings: Settings) -> int:
    backup = opened(Path(given.backup))
    with running(settings, Role.RESTORE, tell) as where:
        client, topics = connect(where.clickhouse), Topics(where.kafka, settings.partitions)
        topics.require_nobody_reads()
        require_room(client, backup, force=given.force)
        new_log = topics.identity != backup.said.topics
        restore(client, backup, [table.name for table in tables(client)], tell, new_log=new_log)
        topics.go_on_from(client)
    say(f"restored what was backed up at {backup.said.made_at:%Y-%m-%d %H:%M} UTC; {NEXT}")
    return 0

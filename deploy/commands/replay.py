"""`nhip replay`: facts and figures made anew, from the topics' beginning or from a backup on."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from dashboards.store import connect
from deploy.backup.log import Topics
from deploy.backup.manifest import Backup, Manifest, opened
from deploy.backup.restore import restore
from deploy.backup.tables import FROM_LOG, tables
from deploy.commands.restore import NEXT
from deploy.folder import Role
from deploy.output import say, tell
from deploy.settings import Settings
from deploy.stack import running

KAFKA = "kafka"
NOTHING = Backup(Path(), Manifest(made_at=datetime.min.replace(tzinfo=UTC), schema_number=0, topics="", tables={}))
"""What the topics' beginning knew."""


def source(given: Namespace) -> str:
    """`from` is a word of Python's own."""
    return str(getattr(given, "from") or "")


def problems(given: Namespace) -> Iterator[str]:
    if not source(given):
        yield "--from: kafka, or the folder of a backup"


def run(given: Namespace, settings: Settings) -> int:
    """Only what came through the topics; accounts, thresholds, calendar and closed periods stay as they are."""
    from_kafka = source(given) == KAFKA
    backup = NOTHING if from_kafka else opened(Path(source(given)))
    with running(settings, Role.RESTORE, tell) as where:
        client, topics = connect(where.clickhouse), Topics(where.kafka, settings.partitions)
        topics.require_nobody_reads()
        if from_kafka:
            topics.require_beginning()
        wanted = [table.name for table in tables(client) if table.name in FROM_LOG]
        new_log = not from_kafka and topics.identity != backup.said.topics
        restore(client, backup, wanted, tell, new_log=new_log)
        topics.go_on_from(client)
    stand = "empty" if from_kafka else f"those of {backup.said.made_at:%Y-%m-%d %H:%M} UTC"
    say(f"facts and figures are {stand}; {NEXT}")
    return 0

"""`nhip backup`: everything that is in the store, while the stack runs or without one."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from dashboards.store import connect
from deploy.backup.log import Topics
from deploy.backup.save import save
from deploy.folder import Role
from deploy.output import say, say_json, tell
from deploy.settings import Settings
from deploy.stack import running
from metrics.display import count


def problems(given: Namespace) -> Iterator[str]:
    if not given.to:
        yield "TO: name a new folder for the backup"


def run(given: Namespace, settings: Settings) -> int:
    """Where no Kafka is known it cannot say which log its offsets belong to, and a restore takes them for another's."""
    folder = Path(given.to)
    with running(settings, Role.READER, tell) as where:
        topics = Topics(where.kafka, settings.partitions).identity if where.kafka else ""
        done = save(connect(where.clickhouse), folder, topics, datetime.now(UTC), tell)
    rows = sum(map(done.rows, done.tables))
    size = sum(file.bytes for files in done.tables.values() for file in files)
    if given.json:
        say_json({"folder": str(folder), "tables": len(done.tables), "rows": rows, "bytes": size})
    else:
        say(f"Đã sao lưu {count(rows)} dòng, {size / 1e6:.1f} MB vào {folder} ({rows} rows backed up).")
    return 0

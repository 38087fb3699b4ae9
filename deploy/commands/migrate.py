"""`nhip migrate`: the database at the newest migration."""

from argparse import Namespace
from collections.abc import Iterator

from deploy.folder import Role
from deploy.migrate import migrate, migrations
from deploy.output import say, tell
from deploy.settings import Settings
from deploy.stack import running


def problems(_given: Namespace) -> Iterator[str]:
    return iter(())


def run(given: Namespace, settings: Settings) -> int:
    with running(settings, Role.READER, tell) as where:
        alone = given.alone or settings.clickhouse is None
        migrate(where.clickhouse, cluster=settings.clickhouse_cluster or "", alone=alone)
    newest = migrations()[-1]
    say(f"the database is at migration {newest.number}, {newest.name}")
    return 0

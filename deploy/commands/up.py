"""`nhip up`: everything on this machine, live, until a signal."""

import threading
from argparse import Namespace
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

from deploy.folder import Role
from deploy.output import tell
from deploy.parts import Addresses
from deploy.settings import Settings
from deploy.stack import running


def problems(_given: Namespace) -> Iterator[str]:
    return iter(())


def run(_given: Namespace, settings: Settings) -> int:
    """Being stopped is how it ends well."""
    with suppress(KeyboardInterrupt), running(settings, Role.UP, tell) as where:
        tell(f"up on {settings.data}: {described(where)}. Ctrl-C stops it.")
        threading.Event().wait()
    tell("stopped")
    return 0


def described(where: Addresses) -> str:
    """Without the password."""
    clickhouse = urlsplit(where.clickhouse).netloc.rpartition("@")[2]
    return f"board http://{where.board}, ingest http://{where.ingest}, Kafka {where.kafka}, ClickHouse {clickhouse}"

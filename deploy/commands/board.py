"""`nhip board`: the web board alone, over a stack that runs, a ClickHouse that is configured, or the folder's store."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from deploy.board import guarded_app
from deploy.credentials import logins
from deploy.folder import Role
from deploy.output import tell
from deploy.settings import Settings
from deploy.stack import nearest, running
from deploy.web import serve


def problems(_given: Namespace) -> Iterator[str]:
    return iter(())


def run(_given: Namespace, settings: Settings) -> int:
    """Being stopped is how it ends well."""
    with suppress(KeyboardInterrupt), running(settings, Role.BOARD, tell) as where:
        board = nearest("board", settings.board, tell)
        reader = "" if settings.clickhouse else logins(settings.data / "logins").reader
        app = guarded_app(settings, replace(where, board=board), reader)
        tell(f"board on http://{board}. Ctrl-C stops it.")
        serve(app, board)
    tell("stopped")
    return 0

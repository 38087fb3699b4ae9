"""`nhip ingest http`: takes what others push, alone or beside a stack on the same folder."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import suppress

from deploy.folder import Role
from deploy.output import tell
from deploy.push import push_app
from deploy.settings import Settings
from deploy.stack import nearest, running
from deploy.web import serve


def problems(given: Namespace) -> Iterator[str]:
    if given.place:
        yield "PLACE: not for http; NHIP_INGEST says where it listens"


def run(_given: Namespace, settings: Settings) -> int:
    """Being stopped is how it ends well."""
    with suppress(KeyboardInterrupt), running(settings, Role.INGEST, tell) as where:
        address = nearest("ingest", settings.ingest, tell)
        app = push_app(settings.model_copy(update={"ingest": address}), where)
        tell(f"taking records on http://{address}/v1/. Ctrl-C stops it.")
        serve(app, address)
    tell("stopped")
    return 0

"""`nhip alerts`: the process that watches the thresholds, alone (`up` and `demo` run one, too)."""

from argparse import Namespace
from collections.abc import Iterator

from pydantic import SecretStr

from deploy.alerts import serve
from deploy.folder import Role
from deploy.output import tell
from deploy.settings import Settings
from deploy.stack import running


def problems(_given: Namespace) -> Iterator[str]:
    return iter(())


def run(_given: Namespace, settings: Settings) -> int:
    """Being stopped is how it ends well."""
    with running(settings, Role.READER, tell) as where:
        tell("watching the thresholds. Ctrl-C stops it.")
        found = {"clickhouse": SecretStr(where.clickhouse), "kafka": where.kafka.servers or settings.kafka}
        serve(settings.model_copy(update=found))
    tell("stopped")
    return 0

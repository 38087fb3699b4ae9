"""`nhip reconcile`: every figure computed again from the facts."""

from argparse import Namespace
from collections.abc import Iterator

from dashboards.reconcile import drift
from dashboards.store import connect
from deploy.folder import Role
from deploy.output import say, say_json, tell
from deploy.settings import Settings
from deploy.stack import running


def problems(_given: Namespace) -> Iterator[str]:
    return iter(())


def run(given: Namespace, settings: Settings) -> int:
    with running(settings, Role.READER, tell) as where:
        found = drift(connect(where.clickhouse))
    if given.json:
        say_json([one.json() for one in found])
    for one in [] if given.json else found:
        say(f"{one.kpi} {one.period}: {one.facts} from the facts, {one.cells} from the cells")
    tell(f"{len(found)} figures differ between facts and cells" if found else "facts and cells agree")
    return 1 if found else 0

"""`nhip close`: freezes the figures of a period that is over."""

import os
import pwd
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

from dashboards.closing.closing import Wish, close
from dashboards.figures import EVERY
from dashboards.store import connect
from deploy.commands.kpi import family_problems
from deploy.folder import Role
from deploy.output import say_json, tell
from deploy.settings import Settings
from deploy.stack import running
from metrics.errors import Misconfigured
from metrics.period import FORMS, parse

LONGEST_WHY = 500


def problems(given: Namespace) -> Iterator[str]:
    if given.period is None:
        yield f"PERIOD: say which, as {FORMS}"
    else:
        try:
            parse(given.period)
        except Misconfigured as error:
            yield from (f"PERIOD{problem.removeprefix('period')}" for problem in error.problems)
    if given.why is not None and len(given.why) > LONGEST_WHY:
        yield f"--why: at most {LONGEST_WHY} characters"
    yield from family_problems(given.family)


def run(given: Namespace, settings: Settings) -> int:
    wish = Wish(parse(given.period), login(os.getuid()), given.why or "", given.family or EVERY)
    with running(settings, Role.READER, tell) as where:
        made = close(connect(where.clickhouse), wish, lambda: datetime.now(UTC), uuid4)
    if given.json:
        said = {"period": made.period.name, "at": made.at.isoformat(), "who": made.who, "why": made.why}
        say_json(said)
    tell(f"{made.period.name} is closed: by {made.who} on {made.at:%d/%m/%Y %H:%M}")
    return 0


def login(number: int) -> str:
    """The name of whoever runs the command; the number where the system knows no name, as in some containers."""
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"uid {number}"

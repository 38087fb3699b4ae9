"""`nhip demo`: everything on this machine, fed by a made-up province, watched in the terminal."""

import sys
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta

from clickhouse_connect.driver.client import Client
from rich.live import Live

from dashboards.figures import Scope, kpi
from dashboards.pipeline import behind, progress
from dashboards.store import connect
from deploy.feeding import Fed, Feeder
from deploy.folder import Role
from deploy.output import say, tell
from deploy.parts import Addresses
from deploy.settings import Settings
from deploy.stack import running
from deploy.usage import whole_number
from deploy.view import Glance, line, screen
from ingest.simulate.live import live
from ingest.sink import KafkaSink
from metrics.civil import civil
from metrics.errors import Unavailable
from metrics.period import parse

HEAD_START = timedelta(minutes=10)
"""How far behind the clock the province begins, which then runs ahead of it: what is shown is not old for long."""
LOOK_EVERY, SAY_EVERY = 0.5, 5.0


def problems(given: Namespace) -> Iterator[str]:
    if given.seed is not None:
        yield from whole_number("--seed", given.seed, 0, 2**63)


def run(given: Namespace, settings: Settings) -> int:
    """Where no folder is named, one of its own: made-up dossiers must not mix with real ones."""
    if "data" not in settings.model_fields_set:
        settings = settings.model_copy(update={"data": settings.data / "demo"})
    with suppress(KeyboardInterrupt), running(settings, Role.DEMO, tell) as where:
        tell(f"the board is on http://{where.board}")
        tell(f"`nhip kpi --data {settings.data} --period {datetime.now(UTC).year}` asks it from another terminal")
        show(where, settings.partitions, int(given.seed or 1))
    tell("stopped")
    return 0


def show(where: Addresses, partitions: int, seed: int) -> None:
    start = (civil(datetime.now(UTC)) - HEAD_START).replace(tzinfo=None, microsecond=0)
    beats = live(seed, start, history=(start.date() - month_before(start.date())).days)
    with KafkaSink(where.kafka, partitions) as sink, closing(connect(where.clickhouse)) as client:
        feeder = Feeder(sink, beats)
        feeder.start()
        try:
            if sys.stdout.isatty():
                with Live(refresh_per_second=4) as screen_now:
                    for glance in glances(feeder, client, LOOK_EVERY):
                        screen_now.update(screen(glance))
            else:
                for glance in glances(feeder, client, SAY_EVERY):
                    say(line(glance))
        finally:
            feeder.finish()


def month_before(day: date) -> date:
    """The first day of the month before: this month is set beside a whole one."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def glances(feeder: Feeder, client: Client, every: float) -> Iterator[Glance]:
    """A store that is away is said and waited for: the supervisor brings it back."""
    before, looked = 0, time.monotonic()
    while True:
        time.sleep(every)
        if feeder.failure is not None:
            raise feeder.failure
        fed, now = feeder.fed, time.monotonic()
        rate = (fed.lines - before) / (now - looked)
        before, looked = fed.lines, now
        try:
            yield glance_at(client, fed, rate)
        except Unavailable as error:
            tell(str(error))


def glance_at(client: Client, fed: Fed, rate: float) -> Glance:
    written = [one.newest_at for one in progress(client) if one.newest_at]
    newest = civil(max(written)) if written else None
    month = parse(f"{newest or fed.at or datetime.now(UTC):%Y-%m}")  # what is fed may be in the next one already
    return Glance(
        readings=kpi(client, Scope(month)),
        rate=rate,
        lines=fed.lines,
        behind=behind(client, fed.ends),
        clock=fed.at,
        newest=newest,
    )

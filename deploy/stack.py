"""The local stack for as long as a command needs it: started, or joined where one runs on the same folder."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial

from deploy import health, ports
from deploy.broker.jars import jars
from deploy.credentials import logins
from deploy.folder import DataFolder, Role, State
from deploy.joining import entered
from deploy.keeper import Keeper
from deploy.migrate import migrate
from deploy.note import Note
from deploy.parts import USUAL_PORTS, WITH_BOARD, Addresses, Plan, make_topics
from deploy.settings import Settings
from metrics.errors import Unavailable

JOINERS_PATIENCE = 10.0
ATTEMPTS = 3

Tell = Callable[[str], None]


@contextmanager
def running(settings: Settings, role: Role, tell: Tell) -> Iterator[Addresses]:
    """What `role` needs answers inside the block, and crashed parts are started again.

    `tell` hears what takes long and what went wrong, also from another thread.
    """
    if role.reads_only and settings.clickhouse:
        yield Addresses(kafka=settings.cluster(settings.kafka or ""), clickhouse=settings.clickhouse.get_secret_value())
        return
    folder = DataFolder(settings.data)
    with entered(folder, role, tell) as found:
        if isinstance(found, State):
            yield Addresses(kafka=settings.cluster(found.kafka), clickhouse=found.clickhouse)
            return
        try:
            with owned(settings, Note(folder, role), folder, found, tell) as addresses:
                yield addresses
        finally:
            os.close(found)


@contextmanager
def owned(settings: Settings, note: Note, folder: DataFolder, lock: int, tell: Tell) -> Iterator[Addresses]:
    try:
        require_neighbours(settings)
        addresses, keeper = start(settings, note, lock, tell)
        try:
            note.ready(addresses)
            with watched(settings, note.role, addresses, keeper, tell):
                yield addresses
            note.withdraw()
            if not folder.wait_for_joiners(JOINERS_PATIENCE):
                tell("stopping, although another command still reads")
        finally:
            keeper.stop()
    finally:
        note.withdraw()


@contextmanager
def watched(settings: Settings, role: Role, where: Addresses, keeper: Keeper, tell: Tell) -> Iterator[None]:
    """A worker that is behind and does not move, or a board that does not answer, is ended and started again."""
    stop = threading.Event()

    def act(name: str, why: str) -> None:
        tell(f"the {name} {why}; starting it again")
        keeper.end(name)

    look = partial(health.measure, where.kafka, settings.partitions, where.clickhouse)
    looks: list[Callable[[], None]] = []
    if not role.reads_only:
        looks.append(lambda: health.watch(look, lambda: act("worker", "is behind and does not move"), stop))
    for name, address in (("board", where.board), ("ingest", where.ingest)):
        if address:
            asked, mend = partial(health.answers, address), partial(act, name, "does not answer")
            looks.append(partial(health.watch_answers, asked, mend, stop, health.EVERY))
    for each in looks:
        threading.Thread(target=each, name="watch", daemon=True).start()
    try:
        yield
    finally:
        stop.set()


def require_neighbours(settings: Settings) -> None:
    """What is configured instead of started has to answer, and to have our tables."""
    if settings.kafka:
        if not any(map(reachable, settings.kafka.split(","))):
            raise Unavailable(f"no Kafka answers at {settings.kafka}: start it, or unset NHIP_KAFKA for a local one")
        make_topics(settings.cluster(settings.kafka), settings.partitions)
    if settings.clickhouse:
        migrate(settings.clickhouse.get_secret_value(), cluster=settings.clickhouse_cluster or "", alone=False)


def reachable(address: str) -> bool:
    host, _, port = address.rpartition(":")
    with suppress(OSError), socket.create_connection((host.strip("[]"), int(port)), timeout=5):
        return True
    return False


def start(settings: Settings, note: Note, lock: int, tell: Tell) -> tuple[Addresses, Keeper]:
    """Once more on other ports, where a stranger took one between our look and our start."""
    for attempt in range(1, ATTEMPTS + 1):
        chosen = ports.choose(USUAL_PORTS) if attempt == 1 else ports.free(len(USUAL_PORTS))
        plan = planned(settings, note.role, chosen, tell)
        keeper = Keeper(tuple(plan.parts()), settings.data / "logs", lock, changed=note.running, tell=tell)
        try:
            keeper.start()
        except Unavailable:
            if attempt == ATTEMPTS or plan.ports_free():
                raise
        except BaseException:
            keeper.stop()
            raise
        else:
            return plan.addresses, keeper
    raise AssertionError


def planned(settings: Settings, role: Role, chosen: list[int], tell: Tell) -> Plan:
    broker, controller, store = chosen
    ours = settings.kafka is None and not role.reads_only
    return Plan(
        settings=settings,
        role=role,
        logins=logins(settings.data / "logins"),
        broker_port=broker,
        controller_port=controller,
        store_port=store,
        board=nearest("board", settings.board, tell) if role in WITH_BOARD else "",
        ingest=nearest("ingest", settings.ingest, tell) if role in WITH_BOARD else "",
        jars=jars(settings.cache, tell) if ours else None,
    )


def nearest(who: str, wanted: str, tell: Tell) -> str:
    found = ports.nearest(wanted)
    if found != wanted:
        tell(f"{wanted} is taken; the {who} takes {found}")
    return found

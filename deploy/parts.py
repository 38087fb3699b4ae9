"""The parts of a local stack, in the order they start. A new process gets its place here."""

import http.client
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from deploy import ports
from deploy.broker.server import Broker
from deploy.credentials import Logins
from deploy.folder import Role
from deploy.guarding import require_somebody, security
from deploy.keeper import Part
from deploy.listening import listens
from deploy.migrate import migrate
from deploy.process import BEHIND, Program
from deploy.settings import Settings
from ingest.cluster import Cluster
from ingest.sink import KafkaSink
from ingest.workers import group_reads

DATABASE = "nhip"
GROUP = "nhip"  # as in streams.app, which would bring all of Faust here
TOPICS_PATIENCE = 30.0
USUAL_PORTS = (9092, 9093, 8123)
WITH_BOARD = frozenset({Role.UP, Role.DEMO})
READER_LOGIN = "NHIP_STORE_READER"
"""user:password that may only read, where the store is ours."""

THRIFT = {"MALLOC_ARENA_MAX": "2", "_RJEM_MALLOC_CONF": "dirty_decay_ms:500,muzzy_decay_ms:0,narenas:2"}
"""Both allocators of the worker (glibc's, and the one inside Polars) give back what a batch has used."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the parts answer, our own or configured ones."""

    kafka: Cluster
    clickhouse: str = field(repr=False)  # holds a password
    board: str = ""
    ingest: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything decided before the first process starts.

    `jars` is None where no broker is ours, `board` and `ingest` are empty where none is wanted.
    """

    settings: Settings
    role: Role
    logins: Logins
    broker_port: int
    controller_port: int
    store_port: int
    board: str
    ingest: str
    jars: Path | None

    @property
    def addresses(self) -> Addresses:
        given = self.settings.clickhouse
        own = f"http://{self.logins.writer}@127.0.0.1:{self.store_port}/{DATABASE}"
        return Addresses(
            kafka=self._kafka(),
            clickhouse=given.get_secret_value() if given else own,
            board=self.board,
            ingest=self.ingest,
        )

    def _kafka(self) -> Cluster:
        """Our own broker is open, and on loopback alone."""
        if self.settings.kafka:
            return self.settings.cluster(self.settings.kafka)
        return Cluster(f"127.0.0.1:{self.broker_port}" if self.jars else "")

    def parts(self) -> Iterator[Part]:
        """A reader needs the store alone."""
        if self.jars is not None:
            yield self._broker(self.jars)
        if self.settings.clickhouse is None:
            yield self._store()
        if self.board:
            yield self._board()
        if self.role.folds:
            yield self._worker()
        if self.role in WITH_BOARD:
            yield self._alerts()
        if self.ingest:
            yield self._ingest()

    def ports_free(self) -> bool:
        ours = all(map(ports.is_free, (self.broker_port, self.controller_port, self.store_port)))
        return ours and all(ports.nearest(one) == one for one in (self.board, self.ingest) if one)

    def _broker(self, jars: Path) -> Part:
        broker = Broker(jars, self.settings.data / "kafka", self.broker_port, self.controller_port)
        return Part(
            name="broker",
            starting="starting the broker (Kafka)…",
            prepare=broker.prepare,
            ready=lambda pid: listens(pid, self.broker_port),
            then=lambda: make_topics(Cluster(broker.address), self.settings.partitions),
        )

    def _store(self) -> Part:
        folder = self.settings.data / "store"
        port = str(self.store_port)
        program = Program(
            "store",
            (*module("deploy.store"), "--data", str(folder), "--host", "127.0.0.1", "--port", port),
            {"NHIP_STORE_WRITER": self.logins.writer, "NHIP_STORE_READER": self.logins.reader},
        )
        return Part(
            name="store",
            starting=None if self.role.reads_only else "starting the store (chDB)…",
            prepare=lambda: program,
            ready=lambda pid: listens(pid, self.store_port) and answers(self.store_port, self.logins.writer),
            then=lambda: _discard(migrate(self.addresses.clickhouse)),
        )

    def _board(self) -> Part:
        """Who may come in is settled before it starts, so that a wrong setting stops the start and is told."""
        where = self.addresses
        program = Program(
            "board",
            module("deploy.board"),
            self._told() | {READER_LOGIN: "" if self.settings.clickhouse else self.logins.reader},
        )

        def prepare() -> Program:
            require_somebody(security(self.settings, where.clickhouse))
            return program

        port = int(self.board.rpartition(":")[2])
        return Part("board", "starting the board…", prepare, ready=lambda pid: listens(pid, port))

    def _worker(self) -> Part:
        where = self.addresses
        program = Program(
            "worker",
            module("deploy.worker"),
            self._told() | THRIFT,
            BEHIND,
        )
        return Part(
            name="worker",
            starting="starting the worker (Faust)…",
            prepare=lambda: program,
            ready=lambda _: group_reads(where.kafka, GROUP),
        )

    def _alerts(self) -> Part:
        """Who is to be called is settled before it starts, so that a wrong setting stops the start and is told."""
        program = Program(
            "alerts",
            module("deploy.alerts"),
            self._told(),
        )

        def prepare() -> Program:
            from deploy import alerting, digesting  # noqa: PLC0415  (they bring all of Apprise: not for readers)

            digesting.settled(alerting.settled())
            return program

        return Part("alerts", "starting the alerts…", prepare, ready=lambda _: True)

    def _ingest(self) -> Part:
        program = Program(
            "ingest",
            module("deploy.push"),
            self._told(),
        )
        port = int(self.ingest.rpartition(":")[2])
        return Part("ingest", "starting the ingest by HTTP…", lambda: program, ready=lambda pid: listens(pid, port))

    def _told(self) -> dict[str, str]:
        """What a process of ours has to know."""
        where = self.addresses
        return {
            "NHIP_DATA": str(self.settings.data),
            "NHIP_KAFKA": where.kafka.servers,
            "NHIP_CLICKHOUSE": where.clickhouse,
            "NHIP_BOARD": self.board,
            "NHIP_INGEST": self.ingest,
            "NHIP_PARTITIONS": str(self.settings.partitions),
        }


def make_topics(kafka: Cluster, partitions: int) -> None:
    """A sink makes what is missing and refuses what has another number of partitions."""
    KafkaSink(kafka, partitions, patience=TOPICS_PATIENCE).close()


def module(name: str) -> tuple[str, ...]:
    """-P: a folder called `metrics` where the user happens to stand must not come before ours."""
    return (sys.executable, "-P", "-m", name)


def answers(port: int, login: str) -> bool:
    """Whether the store answers a query under that login."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    headers = {"Authorization": "Basic " + b64encode(login.encode()).decode()}
    with suppress(OSError, http.client.HTTPException), closing(connection):
        connection.request("POST", "/", "SELECT 1", headers)
        return connection.getresponse().status == http.client.OK
    return False


def _discard(_: object) -> None:
    """For a result that only its effect is wanted of."""

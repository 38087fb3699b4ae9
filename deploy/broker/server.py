"""One Kafka node in KRaft mode on loopback, with all it keeps in one folder."""

import base64
import socket
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from deploy.process import BEHIND, Program, run
from metrics.errors import Unavailable

LOGGING = Path(__file__).with_name("log4j2.xml")
HEAP = ("-Xms128m", "-Xmx512m")

FIXED = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "CLIENT",
    "listener.security.protocol.map": "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    # The topics are the truth that everything can be replayed from: nothing expires, not even the place a
    # group has reached, however long the stack is off.
    "log.retention.ms": "-1",
    "log.retention.bytes": "-1",
    "offsets.retention.minutes": "2147483647",
    # A topic made by accident would have the wrong number of partitions, and that is for ever.
    "auto.create.topics.enable": "false",
    "message.max.bytes": "4194304",
    # One node. No flush settings: what a killed broker has written is in the page cache, which outlives it.
    # The small segments bound what it reads again afterwards.
    "log.segment.bytes": "134217728",
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "4",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "4",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "log.cleaner.dedupe.buffer.size": "8388608",
    "num.network.threads": "2",
    "num.io.threads": "4",
    # After a kill the node waits for its own former self to be given up: 9 s by default.
    "broker.session.timeout.ms": "2000",
    "broker.heartbeat.interval.ms": "500",
    # A group of one or two workers need not wait for latecomers.
    "group.initial.rebalance.delay.ms": "0",
    "group.min.session.timeout.ms": "1000",
}


@dataclass(frozen=True, slots=True)
class Broker:
    jars: Path
    folder: Path
    port: int
    controller_port: int

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def prepare(self) -> Program:
        """Write the settings, format the storage on first use; what comes back is ready to run."""
        if not self._logs.exists():
            self._format()
        settings = self._write(self.folder / "server.properties", self._logs)
        return Program("broker", (*self._java("kafka.Kafka"), str(settings)), nice=BEHIND)

    def answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True
        return False

    @property
    def _logs(self) -> Path:
        return self.folder / "log"

    def _format(self) -> None:
        """In a folder of another name first: a kill in the middle must not leave half a format behind."""
        fresh = self.folder / f"log.new-{uuid.uuid4().hex}"
        fresh.mkdir(parents=True)
        settings = self._write(self.folder / "format.properties", fresh)
        named = (
            f"--cluster-id={base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip('=')}"  # it may begin with -
        )
        done = run((*self._java("kafka.tools.StorageTool"), "format", named, "-c", str(settings)))
        settings.unlink()
        if done.returncode != 0:
            raise Unavailable(f"Kafka could not format {self._logs}:\n{done.stdout}{done.stderr}")
        fresh.rename(self._logs)

    def _write(self, path: Path, logs: Path) -> Path:
        client, controller = self.address, f"127.0.0.1:{self.controller_port}"
        settings = FIXED | {
            "controller.quorum.voters": f"1@{controller}",
            "listeners": f"CLIENT://{client},CONTROLLER://{controller}",
            "advertised.listeners": f"CLIENT://{client}",
            "log.dirs": str(logs.resolve()),
        }
        path.write_text("".join(f"{key}={value}\n" for key, value in settings.items()))
        return path

    def _java(self, main: str) -> tuple[str, ...]:
        scratch = self.folder / "tmp"  # native libraries are unpacked here, not where a kill would leave them
        scratch.mkdir(parents=True, exist_ok=True)
        return (
            "java", *HEAP, "-XX:+UseSerialGC", "-XX:-UsePerfData", "-XX:+ExitOnOutOfMemoryError",
            f"-Djava.io.tmpdir={scratch.resolve()}", f"-Dlog4j2.configurationFile={LOGGING}",
            "-cp", f"{self.jars}/*", main,
        )  # fmt: skip

import os
import socket
import subprocess
from pathlib import Path
from uuid import UUID

import pytest
from kafka import KafkaAdminClient

from deploy import ports
from deploy.broker import jars as broker_jars
from deploy.broker.jars import demand, jars
from deploy.broker.server import Broker
from deploy.listening import listens
from ingest.topics import prepare
from metrics.errors import Misconfigured, Unavailable
from tests.support.broker import CACHE, print_progress, started

pytestmark = pytest.mark.stack


@pytest.fixture
def broker(tmp_path):
    return Broker(jars(CACHE, print_progress), tmp_path / "kafka", *ports.free(2))


def topics(broker):
    admin = KafkaAdminClient(bootstrap_servers=broker.address)
    try:
        return set(admin.list_topics())
    finally:
        admin.close()


def test_it_listens_on_loopback_only_and_itself(broker):
    with started(broker) as child:
        assert listens(child.pid, broker.port)
        assert not listens(os.getpid(), broker.port)
        assert _addresses(broker.port) <= {"0100007F", "0000000000000000FFFF00000100007F"}


def _addresses(port):
    """The local addresses, as the kernel writes them, on which somebody listens at the port."""
    tables = [path for path in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")) if path.exists()]
    local = [line.split()[1].split(":") for table in tables for line in table.read_text().splitlines()[1:]]
    return {address for address, at in local if int(at, 16) == port}


def test_what_it_holds_outlives_a_stop_and_a_kill(broker):
    with started(broker):
        prepare(broker.address, 2, within=30)
        before = topics(broker)
    with started(broker) as child:
        assert topics(broker) == before
        child.process.kill()
        child.process.wait()
    with started(broker):
        assert topics(broker) == before


def test_its_identity_may_begin_with_a_hyphen(broker, monkeypatch):
    monkeypatch.setattr("deploy.broker.server.uuid.uuid4", lambda: UUID(bytes=b"\xf8" * 16))
    broker.prepare()
    assert "cluster.id=-Pj4" in (broker.folder / "log" / "meta.properties").read_text()


def test_a_format_that_was_killed_is_begun_again(broker):
    broker.prepare()
    (broker.folder / "log").rename(broker.folder / "log.new-broken")
    with started(broker):
        assert topics(broker) == set()


def test_a_stranger_on_the_port_does_not_pass_for_it():
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        port = stranger.getsockname()[1]
        assert listens(os.getpid(), port)
        with subprocess.Popen(["sleep", "60"]) as another:
            assert not listens(another.pid, port)
            another.kill()
        assert not ports.is_free(port)
        assert ports.choose((port,)) != [port]


def test_the_usual_port_is_taken_when_it_is_free():
    (port,) = ports.free(1)
    assert ports.choose((port,)) == [port]


def test_missing_programs_are_named_with_what_installs_them(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Misconfigured) as error:
        jars(tmp_path / "cache", print_progress)
    (problem,) = error.value.problems
    assert "needs java and mvn: run `sudo apt-get install openjdk-17-jre-headless maven`" in problem
    assert "NHIP_KAFKA" in problem


def test_maven_is_not_asked_for_once_the_jars_are_there(monkeypatch, tmp_path):
    (tmp_path / "java").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / f"kafka-{broker_jars.VERSION}").mkdir()
    assert jars(tmp_path, print_progress) == tmp_path / f"kafka-{broker_jars.VERSION}"
    with pytest.raises(Misconfigured, match="needs mvn: run `sudo apt-get install maven`"):
        demand("mvn")


def test_a_failed_fetch_leaves_nothing_that_looks_complete(monkeypatch, tmp_path):
    tools = tmp_path / "bin"
    tools.mkdir()
    for name, text in (("java", ""), ("mvn", "echo no network; exit 1")):
        (tools / name).write_text(f"#!/bin/sh\n{text}\n")
        (tools / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    with pytest.raises(Unavailable, match="no network"):
        jars(tmp_path / "cache", print_progress)
    assert not (tmp_path / "cache" / f"kafka-{broker_jars.VERSION}").exists()

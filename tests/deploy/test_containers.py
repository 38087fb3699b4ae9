"""The real servers, where Docker runs. Where it does not, this says so: they have not been tried there."""

import shutil
import subprocess
import time
from pathlib import Path

import httpx
import pytest
import yaml
from clickhouse_connect.driver.exceptions import ClickHouseError
from testcontainers.core.container import DockerContainer

from dashboards.figures import Scope, kpi
from dashboards.reconcile import drift
from dashboards.store import connect
from deploy.migrate import migrate, statements
from metrics.period import parse
from tests.support.filling import fill, province
from tests.support.processes import eventually
from tests.support.store import store

DEPLOY = Path(__file__).parents[2] / "deploy"
WORD = "a-word-for-the-test"
HASH = "ab" * 32


def runs_docker():
    docker = shutil.which("docker")
    return bool(docker) and subprocess.run([docker, "info"], capture_output=True, check=False).returncode == 0


pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(not runs_docker(), reason="NOT TRIED HERE: a real ClickHouse server and Grafana need Docker"),
]


def image(service):
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"][service]["image"]


@pytest.fixture(scope="module")
def server():
    """URL of a ClickHouse server whose user may do everything."""
    made = DockerContainer(image("clickhouse")).with_exposed_ports(8123)
    made = made.with_env("CLICKHOUSE_USER", "nhip").with_env("CLICKHOUSE_PASSWORD", WORD)
    with made.with_env("CLICKHOUSE_DEFAULT_ACCESS_MANAGEMENT", "1") as running:
        at = f"{running.get_container_host_ip()}:{running.get_exposed_port(8123)}"
        assert eventually(lambda: answers(f"http://{at}/ping"), within=60)
        yield f"http://nhip:{WORD}@{at}/nhip"


def answers(url):
    try:
        return httpx.get(url, timeout=2).status_code == 200
    except httpx.TransportError:
        time.sleep(0.2)
        return False


def test_a_server_counts_as_the_local_store_does(server, tmp_path):
    history = province(tmp_path / "drop", 300, 3)
    with store(tmp_path) as local:
        found = []
        for url in (server, local.url):
            migrate(url)
            client = connect(url)
            fill(client, history)
            assert drift(client) == []
            found.append([reading.json() for reading in kpi(client, Scope(parse("2026"), by="agency"))])
    assert found[0] == found[1]


def test_users_may_do_what_they_should_and_no_more(server):
    migrate(server)
    admin = connect(server)
    for statement in statements((DEPLOY / "clickhouse" / "users.sql").read_text().replace("0" * 64, HASH)):
        if "CREATE USER IF NOT EXISTS nhip " not in statement:
            admin.command(statement)
    admin.command(f"ALTER USER nhip_reader IDENTIFIED WITH plaintext_password BY '{WORD}'")
    reader = connect(server.replace("nhip:", "nhip_reader:"))
    assert reader.query("SELECT count() FROM dossier").result_rows
    for forbidden in (
        "SELECT * FROM board_account",
        "INSERT INTO dossier (dossier) VALUES ('x')",
        "DROP TABLE dossier",
    ):
        with pytest.raises(ClickHouseError):
            reader.command(forbidden)


def test_grafana_starts_with_what_is_provisioned():
    made = DockerContainer(image("grafana")).with_exposed_ports(3000).with_env("GF_SECURITY_ADMIN_PASSWORD", WORD)
    made = made.with_volume_mapping(str(DEPLOY / "grafana"), "/etc/grafana/provisioning", "ro")
    with made as running:
        at = f"http://{running.get_container_host_ip()}:{running.get_exposed_port(3000)}"
        assert eventually(lambda: answers(f"{at}/api/health"), within=90)
        found = httpx.get(f"{at}/api/search?type=dash-db", auth=("admin", WORD), timeout=10).json()
    assert {each["uid"] for each in found} >= {"nhip-wall", "nhip-overview"}

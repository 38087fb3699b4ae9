"""What runs elsewhere, as far as that can be checked here: against schemas and linters, and against our own names."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import promql_parser
import pytest
import yaml

from deploy.alert_settings import AlertSettings
from deploy.settings import Settings
from deploy.usage import COMMANDS

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
BIN = Path(sys.executable).parent
KUBERNETES = [path for path in sorted((DEPLOY / "kubernetes").glob("*.yaml")) if path.stem != "kustomization"]
KUBERNETES_VERSION = "1.34"
KNOWN = {f"NHIP_{name.upper()}" for name in Settings.model_fields} | {
    f"NHIP_ALERT_{name.upper()}" for name in AlertSettings.model_fields
}


def documents(path):
    return [each for each in yaml.safe_load_all(path.read_text()) if each]


def compose():
    return documents(DEPLOY / "compose.yaml")[0]


def pods():
    for path in KUBERNETES:
        for each in documents(path):
            if each["kind"] in {"Deployment", "Job"}:
                yield each["metadata"]["name"], each["spec"]["template"]["spec"]


def passes(*command):
    done = subprocess.run([BIN / command[0], *command[1:]], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_dockerfile_is_linted():
    passes("hadolint", DEPLOY / "Dockerfile")


def test_compose_follows_its_schema():
    passes("check-jsonschema", "--builtin-schema", "vendor.compose-spec", DEPLOY / "compose.yaml")


def test_kubernetes_knows_every_field():
    passes("kubernetes-validate", "-k", KUBERNETES_VERSION, "--strict", *KUBERNETES)


def test_kustomize_builds_it():
    if shutil.which("kubectl") is None:
        pytest.skip("there is no kubectl here: `kubectl kustomize deploy/kubernetes` was not tried")
    built = subprocess.run(
        ["kubectl", "kustomize", DEPLOY / "kubernetes"], capture_output=True, text=True, check=True
    ).stdout
    assert len(list(yaml.safe_load_all(built))) == sum(len(documents(path)) for path in KUBERNETES)


def test_every_file_is_part_of_the_base():
    (said,) = documents(DEPLOY / "kubernetes" / "kustomization.yaml")
    assert sorted(said["resources"]) == [path.name for path in KUBERNETES]


def test_images_have_a_version_and_no_registry():
    images = {each["image"] for each in compose()["services"].values()}
    images |= {container["image"] for _, pod in pods() for container in pod["containers"]}
    images |= set(re.findall(r"^FROM (\S+)", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE))
    for image in images:
        assert re.fullmatch(r"([a-z-]+/)?[a-z-]+:\d+\.\d+[\w.-]*", image), image


@pytest.mark.parametrize("name", ["migrate", "worker", "ingest", "alerts", "board"])
def test_what_is_ours_may_do_little_and_runs_a_command_that_there_is(name):
    ours = compose()["services"][name]
    assert (ours["read_only"], ours["user"], ours["cap_drop"]) == (True, "10001:10001", ["ALL"])
    assert ours["command"][0] in {command.name for command in COMMANDS}
    pod = dict(pods())[f"nhip-{name}"]
    (container,) = pod["containers"]
    assert container["args"] == ours["command"]
    assert pod["securityContext"]["runAsNonRoot"]
    assert not pod["automountServiceAccountToken"]
    allowed = container["securityContext"]
    assert (allowed["readOnlyRootFilesystem"], allowed["allowPrivilegeEscalation"]) == (True, False)
    assert container["resources"]["requests"]
    assert container["resources"]["limits"]["memory"]


def test_nothing_of_compose_listens_beyond_this_machine():
    ports = [port for each in compose()["services"].values() for port in each.get("ports", ())]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_every_setting_is_one():
    said = set(re.findall(r"\bNHIP_[A-Z_]+\b", (DEPLOY / "kubernetes" / "settings.yaml").read_text()))
    for each in compose()["services"].values():
        if each["image"].startswith("nhip:"):
            said |= {name for name in each["environment"] if name.startswith("NHIP_")}
    assert said - KNOWN == set()


def test_no_secret_has_a_value_here():
    lines = (DEPLOY / "env.example").read_text().splitlines()
    assert all(line.startswith("#") or line.endswith("=") for line in lines)
    asked = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text()))
    assert asked == {line[:-1] for line in lines if not line.startswith("#")}


def test_the_alerts_are_prometheus_own_language_over_what_the_board_says():
    (groups,) = documents(DEPLOY / "prometheus" / "alerts.yaml")
    rules = [rule for group in groups["groups"] for rule in group["rules"]]
    said = (ROOT / "dashboards" / "telemetry.py").read_text()
    guide = (ROOT / "docs" / "operations.md").read_text()
    for rule in rules:
        promql_parser.parse(rule["expr"])
        for name in re.findall(r"nhip_\w+", rule["expr"]):
            assert f'"{re.sub("_(bucket|count|sum)$", "", name)}"' in said, name
        assert rule["labels"]["severity"] in {"warning", "critical"}
        assert f"`{rule['alert']}`" in guide

"""`nhip grafana`: boards, rules and provisioning as files, or into a Grafana; what differs there; is it well."""

import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from dashboards.grafana.adapter import Remote
from dashboards.grafana.doctor import findings
from dashboards.grafana.files import files
from dashboards.grafana.objects import Kind, Wishes, wanted
from dashboards.grafana.sync import Done, Step, carry_out, plan
from deploy.alert_settings import AlertSettings
from deploy.credentials import logins
from deploy.folder import DataFolder
from deploy.grafana_settings import GrafanaSettings
from deploy.output import say, tell
from deploy.settings import Settings

KNOWN = ("export", "diff", "apply", "doctor")
EXTRA = Path(sys.prefix) / "grafana"
"""Where `make install` puts grafana-client: beside the environment, since it brings another urllib3."""


def problems(given: Namespace) -> Iterator[str]:
    if given.what not in KNOWN:
        yield f"WHAT: one of {', '.join(KNOWN)}"
    if given.what == "export" and not given.dir:
        yield "DIR: the folder to write into"


def run(given: Namespace, settings: Settings) -> int:
    board = settings.public_url or f"http://{settings.board}"
    if given.what == "export":
        return export(Path(given.dir), board, settings)
    sys.path.append(str(EXTRA))
    found = GrafanaSettings.read()
    delivers = AlertSettings.read().delivery == "grafana"
    grafana = Remote(*found.login())
    wishes = Wishes(board, found.mail, delivers)
    if given.what == "doctor":
        return doctor(grafana, wishes)
    steps = plan(grafana, wanted(wishes))
    show(steps)
    if given.what == "apply":
        for step in carry_out(grafana, steps):
            if step.done is not Done.SAME:
                tell(f"{step.done}: {step.kind} {step.name}")
    return 0


def export(folder: Path, board: str, settings: Settings) -> int:
    """Into a folder of its own: what else lies in it is left alone."""
    for name, text in files(board).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    variables = environment(folder, settings)
    path = folder / "grafana.env"
    with os.fdopen(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
        file.writelines(f"{name}={value}\n" for name, value in variables.items())
    tell(f"written: {folder}; {path.name} has what Grafana's process needs in its variables, for your eyes only")
    return 0


def environment(folder: Path, settings: Settings) -> dict[str, str]:
    """Of the local store the reading login, and where it listens if it runs; of another what its address says."""
    state = DataFolder(settings.data).state()
    address = settings.clickhouse.get_secret_value() if settings.clickhouse else (state.clickhouse if state else "")
    where = urlsplit(address)
    reader = "" if settings.clickhouse else reading(settings.data)
    user, _, password = reader.partition(":")
    return {
        "NHIP_GRAFANA_CLICKHOUSE_HOST": where.hostname or "127.0.0.1",
        "NHIP_GRAFANA_CLICKHOUSE_PORT": str(where.port or 8123),
        "NHIP_GRAFANA_USER": user or "grafana_ro",
        "NHIP_GRAFANA_PASSWORD": password,
        "NHIP_GRAFANA_DASHBOARDS": str((folder / "dashboards").resolve()),
        "NHIP_GRAFANA_MAIL": GrafanaSettings.read().mail,
    }


def reading(data: Path) -> str:
    """Made now where nothing has run on the folder yet."""
    data.mkdir(parents=True, exist_ok=True)
    return logins(data / "logins").reader


def show(steps: Sequence[Step]) -> None:
    """What would be done, and why; what is the same is only counted."""
    for step in steps:
        if step.done is not Done.SAME:
            say(f"{step.done:8} {step.kind} {step.name}")
            for why in step.why:
                say(f"           {why}")
    say(f"{sum(step.done is Done.SAME for step in steps)} same")


def doctor(grafana: Remote, wishes: Wishes) -> int:
    listed = list(wanted(wishes))
    boards = [each for each in listed if each.kind is Kind.DASHBOARD and not each.name.endswith("-en")]
    wrong = 0
    for each in findings(grafana, {"all": listed, "boards": boards}, datetime.now(UTC)):
        wrong += not each.well
        if each.advice or not each.about.startswith("nhip-"):
            say(f"{'ok ' if each.well else '!! '} {each.about}" + (f": {each.advice}" if each.advice else ""))
    return 1 if wrong else 0

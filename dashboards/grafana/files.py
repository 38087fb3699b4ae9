"""Everything that a Grafana reads from files, by path: what is committed, exported and applied is all from here."""

import json
from typing import Any

import yaml

from dashboards.grafana import provisioning
from dashboards.grafana.boards import boards

BOARD = "http://127.0.0.1:8600"
"""Where nhip's own board is, unless said otherwise."""
PROVISIONING = "provisioning"


def files(board: str = BOARD) -> dict[str, str]:
    """Path → text. `board` is where drill-down leads. Nothing reads the folder `examples` by itself."""
    alerting = {
        "rules": provisioning.alert_rules(),
        "contact-points": provisioning.contact_points(),
        "mute-times": provisioning.mute_times(),
        "templates": provisioning.templates(),
    }
    return {
        **{f"dashboards/{each['uid']}.json": _json(each) for each in boards(board)},
        f"{PROVISIONING}/datasources/nhip.yaml": _yaml(provisioning.datasource()),
        f"{PROVISIONING}/dashboards/nhip.yaml": _yaml(provisioning.provider()),
        **{f"{PROVISIONING}/alerting/nhip-{name}.yaml": _yaml(said) for name, said in alerting.items()},
        "examples/nhip-policies.yaml": _yaml(provisioning.policies()),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _yaml(value: object) -> str:
    return yaml.dump(value, Dumper=Plain, allow_unicode=True, sort_keys=False, width=10_000)


class Plain(yaml.SafeDumper):
    """Values written out where they stand, texts of several lines as such."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


Plain.add_representer(str, _text)

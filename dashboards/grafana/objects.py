"""What nhip wants a Grafana to have: boards, rules, and how messages look and go. Pure: the same that the files say."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from dashboards.grafana import provisioning, rules
from dashboards.grafana.boards import boards
from dashboards.grafana.panels import Json
from dashboards.grafana.rules import FOLDER, FOLDER_UID, RECEIVER

SECONDS = {"1m": 60, "30m": 1800}


class Kind(StrEnum):
    """In the order in which they need each other."""

    FOLDER = "folder"
    DASHBOARD = "dashboard"
    TEMPLATE = "template"
    MUTE_TIMING = "mute timing"
    CONTACT_POINT = "contact point"
    RULE_GROUP = "rule group"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One object under the name that it keeps for ever."""

    kind: Kind
    name: str
    body: Json


@dataclass(frozen=True, slots=True)
class Wishes:
    """`board` is where drill-down leads; `mail` who gets messages; `delivers`: Grafana tells people of alerts."""

    board: str
    mail: str = ""
    delivers: bool = False


def wanted(wishes: Wishes) -> Iterator[Wanted]:
    """Rules and what they need only where Grafana delivers: each alert has one owner."""
    yield Wanted(Kind.FOLDER, FOLDER_UID, {"uid": FOLDER_UID, "title": FOLDER})
    for each in boards(wishes.board):
        yield Wanted(Kind.DASHBOARD, each["uid"], each)
    if not wishes.delivers:
        return
    yield Wanted(Kind.TEMPLATE, "nhip", {"name": "nhip", "template": provisioning.TEMPLATE})
    yield Wanted(Kind.MUTE_TIMING, provisioning.MUTED, provisioning.muted())
    if wishes.mail:
        point = provisioning.mail(wishes.mail)
        yield Wanted(Kind.CONTACT_POINT, point["uid"], {"name": RECEIVER, **point})
    for name, (interval, members) in rules.groups().items():
        made = [each.http(name, RECEIVER if wishes.mail else None) for each in members]
        group = {"title": name, "folderUid": FOLDER_UID, "interval": SECONDS[interval], "rules": made}
        yield Wanted(Kind.RULE_GROUP, name, group)

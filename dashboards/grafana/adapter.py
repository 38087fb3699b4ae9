"""A Grafana behind grafana-client, the only place that knows its paths and its errors.

The client is an extra of its own: it brings another urllib3, which nothing else here shall run on.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast
from urllib.parse import quote, urlsplit

from dashboards.grafana.objects import Kind, Wanted
from dashboards.grafana.panels import SOURCE_UID, Json
from dashboards.grafana.rules import FOLDER_UID
from dashboards.grafana.sync import OURS, Found
from metrics.errors import Misconfigured, NhipError, Unavailable

SECONDS = 20.0
GONE = 404
MESSAGES: Mapping[int, str] = {
    400: "Grafana refuses what was sent: {said}",
    401: "Grafana does not know this token: make a service account's token and set NHIP_GRAFANA_TOKEN",
    403: "the token lacks a right: {said}; give its service account the role Editor, and for alerting Admin",
    404: "Grafana has no {path}: is NHIP_GRAFANA_URL right, with its sub-path, and the version 11.6 or newer?",
    409: "somebody else has written it meanwhile, and theirs stays: {said}; look at it, then run apply again",
    412: "somebody else has written it meanwhile, and theirs stays: {said}; look at it, then run apply again",
}

PROVISIONING = "/v1/provisioning"
PLACES: Mapping[Kind, str] = {
    Kind.FOLDER: "/folders/{name}",
    Kind.DASHBOARD: "/dashboards/uid/{name}",
    Kind.TEMPLATE: f"{PROVISIONING}/templates/{{name}}",
    Kind.MUTE_TIMING: f"{PROVISIONING}/mute-timings/{{name}}",
    Kind.RULE_GROUP: f"{PROVISIONING}/folder/{FOLDER_UID}/rule-groups/{{name}}",
    Kind.CONTACT_POINT: f"{PROVISIONING}/contact-points/{{name}}",
}


class Remote:
    """A live one. Unavailable where it does not answer, Misconfigured where it refuses us."""

    def __init__(self, url: str, token: str) -> None:
        self._client, self._failure = _client(url, token)

    def get(self, kind: Kind, name: str) -> Found | None:
        if kind is Kind.CONTACT_POINT:  # they cannot be read one by one
            listed = self.ask("GET", f"{PROVISIONING}/contact-points") or []
            return next((_found(each) for each in listed if each.get("uid") == name), None)
        said = self.ask("GET", _place(kind, name), missing=True)
        if said is None:
            return None
        if kind is Kind.DASHBOARD:
            return Found(said["dashboard"], bool(said.get("meta", {}).get("provisioned")))
        return _found(said)

    def put(self, wanted: Wanted, found: Found | None) -> None:
        match wanted.kind:
            case Kind.FOLDER:
                self._put_folder(wanted, found)
            case Kind.DASHBOARD:
                known = {} if found is None else {"id": found.body.get("id"), "version": found.body.get("version")}
                body = {
                    "dashboard": wanted.body | known,
                    "folderUid": FOLDER_UID,
                    "overwrite": False,
                    "message": "nhip",
                }
                self.ask("POST", "/dashboards/db", body)
            case Kind.TEMPLATE | Kind.RULE_GROUP:
                self.ask("PUT", _place(wanted.kind, wanted.name), wanted.body)
            case Kind.MUTE_TIMING | Kind.CONTACT_POINT:
                place = _place(wanted.kind, wanted.name)
                if found is None:
                    self.ask("POST", place.rpartition("/")[0], wanted.body)
                else:
                    self.ask("PUT", place, wanted.body)

    def remove(self, kind: Kind, name: str) -> None:
        self.ask("DELETE", _place(kind, name), missing=True)

    def ours(self) -> Sequence[tuple[Kind, str]]:
        boards = self.ask("GET", "/search?tag=nhip&type=dash-db&limit=1000") or []
        found = [(Kind.DASHBOARD, each["uid"]) for each in boards if each["uid"].startswith(OURS)]
        groups: dict[str, list[str]] = {}
        for rule in self.ask("GET", f"{PROVISIONING}/alert-rules") or []:
            if rule["folderUID"] == FOLDER_UID and rule.get("provenance") != "file":
                groups.setdefault(rule["ruleGroup"], []).append(rule["uid"])
        return found + [
            (Kind.RULE_GROUP, group) for group, uids in groups.items() if all(uid.startswith(OURS) for uid in uids)
        ]

    def query(self, model: Json, begin: int, end: int) -> Json:
        """One query through the data source, as a panel asks it; from and to in milliseconds."""
        body = {"queries": [model], "from": str(begin), "to": str(end)}
        return cast("Json", self.ask("POST", "/ds/query", body))

    def source_health(self) -> Json:
        return cast("Json", self.ask("GET", f"/datasources/uid/{SOURCE_UID}/health"))

    def ask(self, method: str, path: str, body: Any = None, *, missing: bool = False) -> Any:
        """The answer; None for nothing, and with `missing` for what is not there."""
        call: Callable[..., Any] = getattr(self._client, method)
        try:
            return call(path, json=body, accept_empty_json=True) or None
        except self._failure as error:
            if missing and error.status_code == GONE:
                return None
            raise _plain(error, path) from error
        except OSError as error:  # what the client lets through where nobody listens
            message = "Grafana does not answer: is it running, and is NHIP_GRAFANA_URL right?"
            raise Unavailable(message) from error

    def _put_folder(self, wanted: Wanted, found: Found | None) -> None:
        if found is None:
            self.ask("POST", "/folders", wanted.body)
        else:
            version = {"version": found.body.get("version"), "overwrite": False}
            self.ask("PUT", _place(wanted.kind, wanted.name), {"title": wanted.body["title"], **version})


def _client(url: str, token: str) -> tuple[Any, Any]:
    """And its error. With a sub-path that ends in a slash, without which the client builds another address."""
    try:
        from grafana_client import client  # type: ignore[import-not-found]  # noqa: PLC0415  (an extra)
    except ImportError as error:
        message = "grafana-client is not installed: `make install` does so, and `pip install 'nhip[grafana]'` elsewhere"
        raise Misconfigured([message]) from error
    parts = urlsplit(url)
    path = parts.path.strip("/")
    made = client.GrafanaClient(
        client.TokenAuth(token),
        host=parts.hostname,
        port=parts.port,
        url_path_prefix=f"{path}/" if path else "",
        protocol=parts.scheme,
        timeout=SECONDS,
    )
    return made, client.GrafanaException


def _place(kind: Kind, name: str) -> str:
    return PLACES[kind].format(name=quote(name, safe=""))


def _found(said: Json) -> Found:
    return Found(said, said.get("provenance") == "file")


def _plain(error: Any, path: str) -> NhipError:
    """What to do about it. Whose fault it is decides whether trying again may help."""
    status, said = error.status_code, str(error.message)[:300]
    if status in MESSAGES:
        return Misconfigured([MESSAGES[status].format(said=said, path=path)])
    if not status:
        return Unavailable(f"Grafana did not answer within {SECONDS:.0f} seconds; try again")
    return Unavailable(f"Grafana failed with status {status}: {said}; look at its log, and try again")

"""A Grafana as its HTTP interface is documented, over a dictionary: with versions, added keys, and faults on demand."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "glsa_token"  # noqa: S105


@dataclass
class FakeGrafana:
    """`faults`: by method and pattern of the path, the status to answer with. `writes`: what was changed."""

    path: str = ""
    port: int = 0
    objects: dict[tuple[str, str], Any] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=dict)
    writes: list[str] = field(default_factory=list)
    slow: float = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.path}"

    def answer(self, method: str, address: str, token: str, body: Any) -> tuple[int, Any]:
        sleep(self.slow)
        parts = urlsplit(address)
        path = unquote(parts.path)
        for pattern, status in self.faults.items():
            if re.search(pattern, f"{method} {path}"):
                return status, {"message": f"as the test wants it: {status}"}
        if not path.startswith(f"{self.path}/api/"):
            return 404, None
        if token != f"Bearer {TOKEN}":
            return 401, {"message": "Unauthorized"}
        if method != "GET":
            self.writes.append(f"{method} {path}")
        return self._route(method, path.removeprefix(f"{self.path}/api"), parse_qs(parts.query), body)

    def _route(  # noqa: C901 (a case a path)
        self, method: str, path: str, query: dict[str, list[str]], body: Any
    ) -> tuple[int, Any]:
        match [method, *path.strip("/").split("/")]:
            case ["GET", "health"]:
                return 200, {"database": "ok", "version": "13.3.0"}
            case ["GET", "plugins", _, "settings"]:
                return 200, {"info": {"version": "4.20.0"}}
            case ["GET", "datasources", "uid", _, "health"]:
                return 200, {"status": "OK"}
            case ["POST", "ds", "query"]:
                return 200, {"results": {body["queries"][0]["refId"]: {"frames": []}}}
            case ["GET", "search"]:
                tag = query["tag"][0]
                return 200, [
                    {"uid": n} for (k, n), b in self.objects.items() if k == "board" and tag in b.get("tags", ())
                ]
            case ["GET", "folders", uid]:
                return self._read("folder", uid)
            case ["POST", "folders"]:
                return self._write("folder", body["uid"], body)
            case ["GET", "dashboards", "uid", uid]:
                status, found = self._read("board", uid)
                meta = {"provisioned": bool(found and found.pop("filed", False))}
                return (200, {"dashboard": found, "meta": meta}) if status == 200 else (404, found)
            case ["POST", "dashboards", "db"]:
                return self._save_board(body)
            case ["DELETE", "dashboards", "uid", uid]:
                return (200, {}) if self.objects.pop(("board", uid), None) else (404, {})
            case [_, "v1", "provisioning", *rest]:
                return self._provisioning(method, rest, body)
        return 404, {"message": "no such path"}

    def _save_board(self, body: Any) -> tuple[int, Any]:
        board = body["dashboard"]
        there = self.objects.get(("board", board["uid"]))
        if there and not body["overwrite"] and board.get("version") != there["version"]:
            return 412, {"message": "The dashboard has been changed by someone else"}
        version = 1 + (there["version"] if there else 0)
        self.objects["board", board["uid"]] = board | {"id": 7, "version": version}
        return 200, {"uid": board["uid"]}

    def _provisioning(self, method: str, rest: list[str], body: Any) -> tuple[int, Any]:
        match [method, *rest]:
            case ["GET", "alert-rules"]:
                groups = [b for (k, _), b in self.objects.items() if k == "group"]
                return 200, [rule | {"provenance": "api"} for group in groups for rule in group["rules"]]
            case [_, "folder", _, "rule-groups", name]:
                return self._thing(method, "group", name, body)
            case ["GET", "contact-points"]:
                return 200, [b for (k, _), b in self.objects.items() if k == "contact"]
            case ["POST", "contact-points"]:
                return self._write("contact", body["uid"], body)
            case ["POST", "mute-timings"]:
                return self._write("mute", body["name"], body)
            case [_, ("templates" | "mute-timings" | "contact-points") as kind, name]:
                return self._thing(
                    method, {"templates": "template", "mute-timings": "mute"}.get(kind, "contact"), name, body
                )
        return 404, {"message": "no such path"}

    def _thing(self, method: str, kind: str, name: str, body: Any) -> tuple[int, Any]:
        if method == "GET":
            return self._read(kind, name)
        if method == "DELETE":
            self.objects.pop((kind, name), None)
            return 204, None
        return self._write(kind, name, body)

    def _read(self, kind: str, name: str) -> tuple[int, Any]:
        found = self.objects.get((kind, name))
        return (404, {"message": "not found"}) if found is None else (200, json.loads(json.dumps(found)))

    def _write(self, kind: str, name: str, body: Any) -> tuple[int, Any]:
        self.objects[kind, name] = body | {"provenance": "api", "updated": "2026-11-29T00:00:00Z"}
        return 202, self.objects[kind, name]


@contextmanager
def fake_grafana(path: str = "") -> Iterator[FakeGrafana]:
    fake = FakeGrafana(path)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _any(self) -> None:
            raw = self.rfile.read(int(self.headers.get("content-length", 0)))
            token = self.headers.get("authorization", "")
            status, answer = fake.answer(self.command, self.path, token, json.loads(raw) if raw else None)
            body = b"" if status == 204 else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.port = server.server_address[1]
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()

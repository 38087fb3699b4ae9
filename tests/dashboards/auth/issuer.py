"""A small identity provider: right by default, wrong where a test wants it to be."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

CLIENT, PASSWORD = "nhip", "a client/secret+of:ours"


@dataclass
class Issuer:
    """`wrong` overrides claims of the ID token; None takes one out."""

    port: int = 0
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}))
    signs_with: Any = None
    algorithm: str = "RS256"
    now: float = 0.0
    wrong: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    asked: dict[str, str] = field(default_factory=dict)
    codes: set[str] = field(default_factory=lambda: {"a code"})
    hits: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def about(self) -> dict[str, Any]:
        here = {"issuer": self.url, "jwks_uri": f"{self.url}/keys", "token_endpoint": f"{self.url}/token"}
        return here | {"authorization_endpoint": f"{self.url}/authorize?tenant=1"} | self.metadata

    def authorize(self, location: str) -> dict[str, str]:
        """What the browser brings back from the provider's own page."""
        self.asked = dict(parse_qsl(urlsplit(location).query))
        return {"state": self.asked["state"], "code": "a code"}

    def token(self, form: dict[str, str]) -> dict[str, str] | None:
        """A code serves once, and only whoever holds the verifier."""
        proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        if form["code"] not in self.codes or proof != self.asked["code_challenge"]:
            return None
        self.codes.remove(form["code"])
        claims = {
            "iss": self.url, "aud": CLIENT, "sub": "4711", "exp": self.now + 300, "iat": self.now,
            "nonce": self.asked["nonce"], "preferred_username": "van-phong", "groups": ["staff"],
        } | self.wrong  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": self.algorithm, "kid": self.key.kid}
        if self.algorithm == "none":
            return {"id_token": unsigned(header, claims)}
        return {"id_token": jwt.encode(header, claims, self.signs_with or self.key, [self.algorithm])}


def unsigned(header: dict[str, Any], claims: dict[str, Any]) -> str:
    parts = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in (header, claims))
    return ".".join(parts) + "."


@contextmanager
def issuer(now: float | None = None) -> Iterator[Issuer]:
    made = Issuer(now=now or time.time())

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.hits.append(self.path)
            keys = KeySet([made.key]).as_dict(private=False)
            self.answer({"/keys": keys}.get(self.path, made.about()))

        def do_POST(self) -> None:
            made.hits.append(self.path)
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            basic = base64.b64encode(b"nhip:a%20client%2Fsecret%2Bof%3Aours").decode()
            by_form = form.get("client_secret") == PASSWORD
            known = self.headers.get("authorization") == f"Basic {basic}" or by_form
            self.answer(made.token(form) if known else None)

        def answer(self, value: Any) -> None:
            self.send_response(400 if value is None else made.status)
            self.end_headers()
            self.wfile.write(json.dumps(value).encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


SHARED = OctKey.import_key(PASSWORD * 2)

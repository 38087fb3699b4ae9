"""The portal probed: what is as expected, what is not, and where a probe never goes."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ingest.probe.asking import MOST, Answer, ask
from ingest.probe.said import PageSaid, ProbeSaid, read
from ingest.probe.source import Probes
from ingest.source import pour
from metrics.errors import Misconfigured
from metrics.events import Topic
from streams.decode import Record
from streams.keep import keep
from streams.keep import read as decoded
from tests.ingest.support import MemorySink
from tests.support.certificates import Authority
from tests.support.memory import MemoryState
from tests.support.tls import behind_tls

TEXT = "Dịch vụ công"


class Portal(BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012 - of all requests

    def do_GET(self) -> None:
        self.asked.append(f"{self.headers['Host']}{self.path}")
        port = self.server.server_address[1]
        match self.path:
            case "/fine" | "/there":
                self.answer(200, f"<h1>{TEXT}</h1>".encode())
            case "/moved":
                self.answer(302, b"", "/there")
            case "/elsewhere":
                self.answer(302, b"", f"http://localhost:{port}/fine")
            case "/round":
                self.answer(302, b"", "/round")
            case "/silent":
                time.sleep(1)
            case "/drip":
                self.begin(200, 10_000)
                for _ in range(20):
                    self.wfile.write(b".")
                    self.wfile.flush()
                    time.sleep(0.05)
            case "/endless":
                self.begin(200, 50 * MOST)
                self.wfile.write(b"." * (2 * MOST) + TEXT.encode())
            case "/broken":
                self.wfile.write(b"\xff\x00 no HTTP\r\n\r\n")
            case _:
                self.answer(503, b"CANARY")

    def begin(self, status: int, length: int, location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        if location:
            self.send_header("Location", location)
        self.end_headers()

    def answer(self, status: int, body: bytes, location: str = "") -> None:
        self.begin(status, len(body), location)
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


class Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Whoever asks may go before the answer has ended."""


@pytest.fixture(scope="module")
def portal() -> Iterator[int]:
    with Quiet(("127.0.0.1", 0), Portal) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def page(url: str, **said: object) -> PageSaid:
    return PageSaid.model_validate({"name": "home", "url": url, "text": TEXT, "timeout": 0.5, **said})


def asked(page: PageSaid) -> Answer:
    return ask(page, datetime.now(UTC))


@pytest.mark.parametrize(
    ("path", "status", "why"),
    [
        ("fine", 200, ""),
        ("moved", 200, ""),
        ("gone", 503, "status 503"),
        ("elsewhere", 0, "it leads to another host, or to plain http"),
        ("round", 0, "it leads on more than 5 times"),
        ("silent", 0, "no answer within 0.5 s"),
        ("drip", 0, "no whole answer within 0.5 s"),
        ("endless", 200, "the text is not there"),
        ("broken", 0, "no answer (RemoteProtocolError)"),
    ],
)
def test_an_answer_is_as_expected_or_it_is_said_why_not(portal: int, path: str, status: int, why: str) -> None:
    answer = asked(page(f"http://127.0.0.1:{portal}/{path}"))
    assert (answer.status, answer.why) == (status, why)
    assert answer.milliseconds < 5_000
    assert not any(host.startswith("localhost") for host in Portal.asked)


def test_a_redirection_may_be_what_is_expected(portal: int) -> None:
    assert asked(page(f"http://127.0.0.1:{portal}/elsewhere", status=[302], text="")).why == ""


def test_nobody_there_is_no_answer() -> None:
    assert asked(page("http://127.0.0.1:1/")).why == "no answer (ConnectError)"


@contextmanager
def secured(portal: int, folder: Path, monkeypatch: pytest.MonkeyPatch, *, known: bool) -> Iterator[str]:
    authority = Authority(folder)
    if known:
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    with behind_tls(authority, portal) as port:
        yield f"https://127.0.0.1:{port}/fine"


def test_a_certificate_has_to_be_known_and_to_last(
    portal: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with secured(portal, tmp_path, monkeypatch, known=False) as url:
        assert asked(page(url, timeout=5)).why == "no answer (ConnectError)"
    with secured(portal, tmp_path, monkeypatch, known=True) as url:
        assert (asked(page(url, timeout=5)).why, asked(page(url, timeout=5)).days) == ("", 0)
        assert asked(page(url, timeout=5, certificate_days=14)).why == "the certificate ends in 0 days"


def test_probes_are_counted_apart_and_say_nothing_of_the_page(portal: int) -> None:
    said = ProbeSaid(pages=(page(f"http://127.0.0.1:{portal}/fine"), page(f"http://127.0.0.1:{portal}/x", name="x")))
    seconds = iter((58, 58, 59, 59))
    heard: list[Answer] = []
    sink = MemorySink()
    probes = Probes(said, ask, lambda: datetime(2026, 5, 31, 17, 0, next(seconds), tzinfo=UTC), heard.append)
    for _ in range(2):
        pour(probes, sink)
    state = MemoryState()
    for (topic, partition), events in sink.log.items():
        keep(state, decoded(Topic(topic), [Record(partition, 0, b"\n".join(events))]))
    rows = {
        row["page"]: (row["requests"], row["probes"], row["probes_answered"])
        for row in state.tables["request"].values()
    }
    assert rows == {"probe:home": (0, 2, 2), "probe:x": (0, 2, 0)}
    assert [answer.why for answer in heard] == ["", "status 503"] * 2
    assert {json.loads(event)["at"] for events in sink.log.values() for event in events} == {"20260601000000"}
    assert b"CANARY" not in b"".join(event for events in sink.log.values() for event in events)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "pages: Field required"),
        ("pages = ", "no TOML"),
        ('[[pages]]\nname = "A b"\nurl = "http://x"', "pages.0.name"),
        ('[[pages]]\nname = "a"\nurl = "ftp://x"', "must begin with http"),
        ('[[pages]]\nname = "a"\nurl = "http://who:secret@x"', "no login"),
        ('every = 1\n[[pages]]\nname = "a"\nurl = "http://x"', "every"),
        ('[[pages]]\nname = "a"\nurl = "http://x"\n' * 2, "two pages are called a"),
    ],
)
def test_what_is_wrong_with_the_file_is_said(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "pages.toml"
    path.write_text(text)
    with pytest.raises(Misconfigured, match=problem) as why:
        read(path)
    assert "secret" not in str(why.value)

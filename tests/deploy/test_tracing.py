"""Traces as a collector gets them: what was done, and nothing of what was said."""

import asyncio
import gzip
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import httpx
import pytest
from fastapi import FastAPI
from opentelemetry import trace
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from dashboards import store as questions
from deploy.migrate import migrate
from deploy.settings import Settings
from deploy.tracing import begin, provider
from metrics.errors import Misconfigured, Unavailable
from streams.keep import keep, read
from streams.state import State
from tests.support.filling import province
from tests.support.log import logs
from tests.support.store import store

CODE = "H07.14-220601-0001"


class Collector(BaseHTTPRequestHandler):
    """A small OTLP receiver."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        said = gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body
        self.server.taken.append((self.path, self.headers.get("Authorization"), said))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def collector():
    server = HTTPServer(("127.0.0.1", 0), Collector)
    server.taken = []
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def traced(collector, monkeypatch):
    """Spans of the rooms go to the collector, for this test alone."""
    made = provider(f"http://127.0.0.1:{collector.server_port}", "a token")
    monkeypatch.setattr(trace, "_TRACER_PROVIDER", made)
    for module in ("streams.keep", "dashboards.store"):
        monkeypatch.setattr(f"{module}.TRACER._real_tracer", None, raising=False)
    yield made
    made.shutdown()


@pytest.mark.stack
def test_a_collector_hears_what_was_done_and_nothing_that_was_said(tmp_path, collector, traced):
    with store(tmp_path) as running:
        migrate(running.url)
        client = questions.connect(running.url)
        for topic, records in logs(province(tmp_path / "drop", 5, 1), [50]).items():
            if records:
                keep(State(client), read(topic, records))
        with traced.get_tracer("this test").start_as_current_span("ours") as ours:
            questions.ask(client, "SELECT dossier FROM dossier WHERE dossier = {code:String}", code=CODE)
            with pytest.raises(Unavailable):
                questions.ask(client, "SELECT toUInt8({code:String})", code=CODE)
        codes = client.query("SELECT dossier FROM dossier").result_columns[0]
    answered()
    traced.force_flush()

    assert {(path, token) for path, token, _ in collector.taken} == {("/v1/traces", "Bearer a token")}
    spans = list(received(collector))
    assert {"keep a batch", "ask the store", "GET /tra-cuu/{code}"} <= {span.name for span in spans}
    assert {"nhip.dossiers", "/tra-cuu/{code}", "200"} <= {value for span in spans for value in values(span)}
    within = ours.get_span_context().span_id.to_bytes(8)  # boards of other tests may be asking their store meanwhile
    assert [span.status.code for span in spans if span.parent_span_id == within] == [0, 2]
    everything = "".join(str(body) for _, _, body in collector.taken)
    assert [secret for secret in (CODE, "SELECT", "toUInt8", *codes) if secret in everything] == []


def answered():
    """FastAPI names spans of its own."""
    app = FastAPI()
    app.add_api_route("/tra-cuu/{code}", lambda code: code)

    async def ask():
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://board") as client:
            return [(await client.get(f"{start}/{CODE}?ma={CODE}")).status_code for start in ("/tra-cuu", "/nowhere")]

    assert asyncio.run(ask()) == [200, 404]


def received(collector):
    for _, _, body in collector.taken:
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            for scope in resource.scope_spans:
                yield from scope.spans


def values(span):
    for attribute in span.attributes:
        yield str(getattr(attribute.value, attribute.value.WhichOneof("value")))


def test_without_the_setting_there_are_no_traces(monkeypatch):
    monkeypatch.setattr(trace, "set_tracer_provider", lambda _: pytest.fail("begun unasked"))
    begin(Settings.read())


def test_what_is_not_installed_is_asked_for(monkeypatch):
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(Misconfigured, match=r"nhip\[traces\]"):
        begin(Settings.read(otlp_endpoint="http://127.0.0.1:1"))

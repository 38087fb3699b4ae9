"""Requests and answers: every form of a body, every refusal, and what is promised by a 202."""

import asyncio
import gzip
import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from ingest.national import FILE_KINDS
from ingest.push import acknowledged, app, body
from ingest.push.acknowledged import Acknowledger
from ingest.push.app import create_app
from ingest.push.body import TooLarge, records, unpacked
from ingest.push.desk import Desk
from ingest.push.repeats import Repeats
from ingest.push.sender import Sender
from metrics.errors import Rejected
from tests.ingest.support import DOSSIER, GOOD, PAYMENT, SERVICE, STEP, MemorySink, line, lines
from tests.strategies import KINDS, NO_LINES
from tests.support.processes import eventually

CANARY = "CANARY Nguyễn Văn A"
SENDERS = {
    "all": Sender("mot-cua"),
    "steps": Sender("buoc", kinds=frozenset({"progress"})),
    "one": Sender("so-tu-phap", agencies=frozenset({"H07.14"})),
}


class Pushed:
    """An ingest whose log is in memory; `waits` is what the brake says of the next requests."""

    def __init__(self):
        self.sink, self.waits, self.now, self.told = MemorySink(), [], 0.0, []
        self.broken = threading.Event()
        self.acknowledger = Acknowledger(lambda: self.sink, self.broken.set, self.told.append)
        desk = Desk(self.acknowledger, self.sender, self.wait, Repeats(lambda: self.now))
        self.client = TestClient(create_app(desk))

    async def sender(self, token):
        return SENDERS.get(token)

    def wait(self, sender):
        return self.waits.pop(0) if self.waits else 0.0

    def post(self, kind, content, who="all", **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(f"/v1/{kind}", content=content, headers={"Authorization": f"Bearer {who}"} | named)


@pytest.fixture
def pushed():
    made = Pushed()
    with made.client:
        assert eventually(lambda: made.acknowledger.ready)
        yield made


FORMS = {
    "one": (line(STEP), {}),
    "over several lines": (json.dumps(STEP, indent=2).encode(), {}),
    "a mark first": (b"\xef\xbb\xbf" + line(STEP), {"Content_Type": "application/json"}),
    "a list": (json.dumps([STEP, STEP]).encode(), {"Content_Type": "application/json"}),
    "lines": (lines(STEP, STEP, STEP), {"Content_Type": "application/x-ndjson"}),
    "lines that do not say so": (lines(STEP, STEP), {}),
    "packed": (gzip.compress(lines(STEP, STEP)), {"Content_Encoding": "gzip"}),
    "packed, not saying so": (gzip.compress(line(STEP)), {}),
    "an envelope": (
        json.dumps({"service": "CapNhatTienDoHoSoMC", "isUpdating": "False", "data": [STEP, STEP]}).encode(),
        {"Content_Type": "application/json; charset=utf-8"},
    ),
}
COUNTS = (1, 1, 1, 2, 3, 2, 2, 1, 2)


@pytest.mark.parametrize(("form", "count"), list(zip(FORMS, COUNTS, strict=True)))
def test_every_form_of_a_body(pushed, form, count):
    content, headers = FORMS[form]
    answer = pushed.post("progress", content, **headers)
    assert (answer.status_code, answer.json()) == (202, {"accepted": count, "rejected": []})
    assert [event["kind"] for event in pushed.sink.events()] == ["step"] * count


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind(pushed, kind):
    assert pushed.post(kind, line(GOOD[kind])).status_code == 202
    assert len(pushed.sink.events()) == 1


def test_a_number_is_read_as_it_is_written(pushed):
    pushed.post("services", b'[{"MaTTHC": 1.002830, "TenTTHC": "x"}]')
    assert pushed.sink.events()[0]["procedure"] == "1.002830"


def test_bad_lines_are_told_and_buried_and_the_others_taken(pushed):
    bad = STEP | {"TrangThai": "11", "NguoiXuLy": CANARY}
    sent = lines(STEP, bad) + b"\n{\n" + line({"ChuHoSo": CANARY}) + b"\n" + line(STEP)
    for _ in range(2):
        answer = pushed.post("progress", sent, Content_Type="application/x-ndjson")
        assert answer.status_code == 202
        assert answer.json()["accepted"] == 2
        assert [told["line"] for told in answer.json()["rejected"]] == [2, 4, 5]
    letters = {(letter["source"], letter["line"]): letter["reason"] for letter in pushed.sink.events("dead")}
    assert len(letters) == 3  # the same body again is the same dead letters
    assert all(source.startswith("http:mot-cua/") for source, _ in letters)
    assert list(letters.values()) == [told["reason"] for told in answer.json()["rejected"]]
    assert CANARY.encode() not in b"".join(b"".join(events) for events in pushed.sink.log.values()) + answer.content


@pytest.mark.parametrize(
    "content", [*NO_LINES, b"", b" \n", b"\x1f\x8b\x08broken", gzip.compress(line(STEP), mtime=0)[:-9]]
)
def test_where_nothing_could_be_read_it_says_so(pushed, content):
    answer = pushed.post("progress", content)
    assert answer.status_code == 400
    assert answer.json()["accepted"] == 0
    assert answer.json()["error"]
    assert len(pushed.sink.events("dead")) == len(answer.json()["rejected"])


def test_without_a_token_nothing_is_taken(pushed):
    for headers in (
        {},
        {"Authorization": "Bearer nobody"},
        {"Authorization": "Basic all"},
        {"Authorization": "Bearer"},
    ):
        answer = pushed.client.post("/v1/progress", content=line(STEP), headers=headers)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert pushed.sink.events() == []


def test_a_token_may_be_for_some_kinds(pushed):
    assert pushed.post("progress", line(STEP), who="steps").status_code == 202
    assert pushed.post("dossiers", line(DOSSIER), who="steps").status_code == 403


def test_a_token_may_be_for_some_agencies(pushed):
    other = {"MaHoSo": "H07.1-220601-0001"}
    assert pushed.post("dossiers", lines(DOSSIER, DOSSIER | other), who="one").json()["accepted"] == 1
    assert pushed.post("progress", line(STEP | other), who="one").status_code == 400
    for kind, record in (("payments", PAYMENT), ("services", SERVICE), ("agencies", GOOD["agencies"])):
        assert "of an agency" in pushed.post(kind, line(record), who="one").json()["rejected"][0]["reason"]
    assert pushed.post("agencies", line({"MaDonVi": "H07.14", "TenDonVi": "Sở"}), who="one").status_code == 202
    assert pushed.post("payments", line(PAYMENT | {"MaHoSo": "H07.14-1"}), who="one").status_code == 202


def test_too_many_requests_are_asked_to_come_again(pushed):
    pushed.waits = [0.2, 12.1]
    found = [pushed.post("progress", line(STEP)) for _ in range(3)]
    assert [answer.status_code for answer in found] == [429, 429, 202]
    assert [answer.headers.get("retry-after") for answer in found] == ["1", "13", None]


def test_large_bodies_and_bombs_are_refused(pushed, monkeypatch):
    monkeypatch.setattr(app, "MOST_SENT", 1000)
    monkeypatch.setattr(body, "MOST", 100_000)
    assert pushed.post("progress", b" " * 1001).status_code == 413
    bomb = gzip.compress(b" " * 1_000_000 + line(STEP))
    assert len(bomb) < 1500
    monkeypatch.setattr(app, "MOST_SENT", 1500)
    assert pushed.post("progress", bomb).status_code == 413
    assert pushed.post("progress", line(STEP), Content_Encoding="br").status_code == 415


def test_a_line_that_is_too_long_is_rejected_alone(pushed):
    long = STEP | {"NoiDungXuLy": "x" * (1 << 20)}
    for content, form in ((lines(STEP, long), "application/x-ndjson"), (json.dumps([STEP, long]).encode(), "")):
        said = pushed.post("progress", content, Content_Type=form).json()
        assert (said["accepted"], [told["line"] for told in said["rejected"]]) == (1, [2])


def test_while_kafka_is_away_nothing_is_promised(pushed, monkeypatch):
    monkeypatch.setattr(acknowledged, "PAUSE", 0.2)
    pushed.sink.left = 0
    first, second = (pushed.post("progress", line(STEP)) for _ in range(2))
    assert (first.status_code, first.headers["retry-after"]) == (503, "5")
    assert second.status_code == 503
    assert pushed.client.get("/healthz").status_code == 503
    assert eventually(lambda: pushed.post("progress", line(STEP)).status_code == 202)
    assert pushed.client.get("/healthz").status_code == 200
    assert len(pushed.told) == 1


def test_only_so_much_waits(pushed, monkeypatch):
    monkeypatch.setattr(acknowledged, "MOST_WAITING", 300)
    slow, go = threading.Event(), threading.Event()
    settle = pushed.sink.settle

    def waiting():
        slow.set()
        go.wait(10)
        settle()

    monkeypatch.setattr(pushed.sink, "settle", waiting)
    with ThreadPoolExecutor() as beside:
        first = beside.submit(pushed.post, "progress", lines(STEP, STEP))
        slow.wait(10)
        refused = pushed.post("progress", lines(STEP, STEP))
        go.set()
        assert first.result().status_code == 202
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
    assert eventually(lambda: pushed.post("progress", lines(STEP, STEP)).status_code == 202)


def test_a_request_under_a_key_is_done_once(pushed):
    found = [pushed.post("progress", lines(STEP, {}), Idempotency_Key="a") for _ in range(3)]
    assert {(answer.status_code, answer.text) for answer in found} == {(202, found[0].text)}
    assert len(pushed.sink.events("step")) == 1
    assert pushed.post("progress", line(STEP), Idempotency_Key="a").status_code == 422
    assert pushed.post("progress", line(STEP), Idempotency_Key="b").status_code == 202
    assert pushed.post("progress", lines(STEP, {}), who="steps", Idempotency_Key="a").status_code == 202
    pushed.now += 25 * 3600
    assert pushed.post("progress", line(STEP), Idempotency_Key="a").status_code == 202
    assert pushed.post("progress", line(STEP), Idempotency_Key="k" * 201).status_code == 400


def test_a_request_that_failed_under_a_key_is_done_anew(pushed, monkeypatch):
    monkeypatch.setattr(acknowledged, "PAUSE", 0.01)
    pushed.sink.left = 0
    assert pushed.post("progress", line(STEP), Idempotency_Key="a").status_code == 503
    assert eventually(lambda: pushed.post("progress", line(STEP), Idempotency_Key="a").status_code == 202)


def test_many_at_once_each_get_their_own_answer(pushed):
    def send(number):
        wanted = [STEP] * (number % 4 + 1)
        return pushed.post("progress", lines(*wanted)).json()["accepted"] == len(wanted)

    with ThreadPoolExecutor(8) as beside:
        assert all(beside.map(send, range(200)))
    assert len(pushed.sink.events()) == 500


def test_a_log_that_will_never_take_them_ends_the_process(pushed, monkeypatch):
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    monkeypatch.setattr(pushed.sink, "settle", lambda: int("broken"))
    with pytest.raises(ValueError, match="broken"):
        pushed.post("progress", line(STEP))
    assert pushed.broken.wait(10)
    assert pushed.post("progress", line(STEP)).status_code == 503


def test_the_description_names_every_kind_and_field(pushed):
    said = pushed.client.get("/v1/openapi.json").json()
    assert set(said["paths"]) == {f"/v1/{kind.name}" for kind in FILE_KINDS}
    record = said["paths"]["/v1/dossiers"]["post"]["requestBody"]["content"]["application/json"]["schema"]["anyOf"][0]
    assert set(record["required"]) == {"MaHoSo", "MaTTHC"}
    assert "ChuHoSo" not in json.dumps(said)


def test_what_is_no_such_thing_is_not_found(pushed):
    assert pushed.post("access", b"x").status_code == 404
    assert pushed.client.get("/v1/progress").status_code == 405


@given(st.binary(max_size=60), st.sampled_from(("", "application/json", "application/x-ndjson")))
def test_no_body_breaks_the_reading(content, form):
    for sent in (content, b"[" + content + b"]", b'{"data": [' + content + b"]}", gzip.compress(content)):
        try:
            found = records(unpacked(sent), form)
        except (Rejected, TooLarge):
            continue
        assert all(isinstance(number, int) and isinstance(one, bytes | Rejected) for number, one in found)


def test_a_body_that_breaks_off_is_not_taken_for_a_whole_one(pushed):
    """Its lines up to the break would read well."""
    sent = iter([{"type": "http.request", "body": lines(STEP), "more_body": True}, {"type": "http.disconnect"}])
    answered = []

    async def receive():
        return next(sent)

    async def send(message):
        answered.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/v1/progress", "query_string": b"", "root_path": "",
        "headers": [(b"authorization", b"Bearer all"), (b"content-type", b"application/x-ndjson")],
    }  # fmt: skip
    asyncio.run(pushed.client.app(scope, receive, send))
    assert answered[0]["status"] == 400
    assert pushed.sink.events() == []

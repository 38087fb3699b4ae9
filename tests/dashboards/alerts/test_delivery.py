"""Messages to a real mail server and a real webhook: slow, failing, refusing ones, too."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller

from dashboards.alerts import delivery
from dashboards.alerts.delivery import Courier, usable
from dashboards.alerts.outbox import Message
from tests.support.store import free_port

NOW = datetime(2026, 11, 2, 1, tzinfo=UTC)
SECRET = "k" * 32
BODY = "● Cảnh báo mới: Tỷ lệ hồ sơ nộp trực tuyến – Sở Y tế (H07)\n  Số hiện tại: 49,6 %"
MESSAGE = Message("abc123", "soc", NOW, ("one#1",), "nhip: Cảnh báo mới", BODY, NOW)


class Mailbox:
    """Takes mail, or refuses it with `answer`."""

    def __init__(self, answer: str = "250 OK", delay: float = 0) -> None:
        self.answer, self.delay, self.mails, self.begun = answer, delay, [], 0

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.begun += 1
        time.sleep(self.delay)  # noqa: ASYNC251
        if self.answer.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answer


@contextmanager
def mail_server(box: Mailbox) -> Iterator[str]:
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        address = f"mailto://127.0.0.1:{controller.port}?mode=insecure&from=nhip@tinh.vn&to=soc@tinh.vn&rto=2&cto=2"
        yield address
    finally:
        controller.stop()


class Receiver(ThreadingHTTPServer):
    """A webhook; `status` is what it answers after `delay`."""

    def __init__(self, status: int = 200, delay: float = 0) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.status, self.delay, self.requests, self.paths = status, delay, [], []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/send?token=s3cret"


class Answering(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers.get("content-length", 0)))
        time.sleep(self.server.delay)
        self.server.requests.append((dict(self.headers), content))
        self.server.paths.append(self.requestline)
        self.send_response(self.server.status)
        self.end_headers()

    do_GET = do_POST  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Quietly."""


@contextmanager
def webhook(status: int = 200, delay: float = 0) -> Iterator[Receiver]:
    with Receiver(status, delay) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def courier(address: str) -> Courier:
    return Courier({"soc": address}, SECRET, lambda: NOW)


def test_a_mail_arrives_with_every_vietnamese_letter_and_its_key():
    box = Mailbox()
    with mail_server(box) as address:
        assert courier(address).send(MESSAGE) is None
    (mail,) = box.mails
    assert str(mail["subject"]) == MESSAGE.subject
    assert mail["X-Nhip-Key"] == MESSAGE.key
    text = mail.get_content() if not mail.is_multipart() else mail.get_body(("plain",)).get_content()
    assert BODY in text.replace("\r\n", "\n").replace("\xa0", " ")
    assert MESSAGE.key in text


@pytest.mark.parametrize("answer", ["451 try later", "554 no"])
def test_a_refused_mail_is_a_failure_that_names_no_address(answer):
    with mail_server(Mailbox(answer)) as address:
        failure = courier(address).send(MESSAGE)
    assert failure is not None
    assert "127.0.0.1" not in failure


def test_a_mail_server_that_is_away_or_hangs_is_a_failure_in_time():
    began = time.monotonic()
    assert courier(f"mailto://127.0.0.1:{free_port()}?mode=insecure&from=a@b.vn&to=c@d.vn&cto=1").send(MESSAGE)
    with mail_server(Mailbox(delay=4)) as address:
        assert courier(address).send(MESSAGE)
    assert time.monotonic() - began < 30


def test_a_webhook_is_signed_so_that_the_receiver_can_check():
    with webhook() as server:
        assert courier(server.address).send(MESSAGE) is None
    ((headers, content),) = server.requests
    signed = f"{int(NOW.timestamp())}.".encode() + content
    wanted = "sha256=" + hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    assert (headers["X-Nhip-Signature"], headers["Idempotency-Key"]) == (wanted, "abc123")
    assert json.loads(content)["body"] == BODY


@pytest.mark.parametrize("status", [302, 400, 500])
def test_a_webhook_that_refuses_is_a_failure_that_names_no_address(status):
    with webhook(status) as server:
        failure = courier(server.address).send(MESSAGE)
    assert failure == f"webhook trả lời {status}"


def test_a_slow_or_absent_webhook_is_a_failure(monkeypatch):
    monkeypatch.setattr(delivery, "SECONDS", 0.3)
    with webhook(delay=1) as server:
        failure = courier(server.address).send(MESSAGE)
        assert failure
        assert "s3cret" not in failure
    assert courier(f"http://127.0.0.1:{free_port()}/").send(MESSAGE)


def test_a_group_that_is_no_more_is_a_failure():
    assert Courier({}, SECRET, lambda: NOW).send(MESSAGE)


def test_addresses_that_nothing_can_be_sent_to_are_known_at_the_start():
    assert usable("https://sms.example.vn/send")
    assert usable("mailto://u:p@example.vn?to=a@b.vn")
    assert not usable("pigeon://loft")


def test_no_secret_is_shown():
    assert SECRET not in repr(courier("http://x/?token=s3cret"))
    assert "s3cret" not in repr(courier("http://x/?token=s3cret"))

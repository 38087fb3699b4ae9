"""Issued once, however often it is asked for; brought by a real mail server; corrected where figures changed."""

from datetime import timedelta

import pytest

from dashboards.alerts.delivery import Courier
from dashboards.alerts.outbox import MOST_ATTEMPTS, Outcome, Routes
from dashboards.auth.rows import Rows
from dashboards.digest.archive import Archive
from dashboards.digest.letter import Form, opened, part
from dashboards.digest.model import Figure
from dashboards.digest.post import Post
from dashboards.digest.service import Digests, due
from dashboards.digest.verdict import Verdict
from dashboards.store import connect
from metrics.catalogue.headline import ONLINE_SUBMISSION_RATE
from metrics.period import parse
from metrics.schedule import turn
from tests.dashboards.alerts.test_delivery import SECRET, Mailbox, mail_server, webhook
from tests.dashboards.digest.conftest import LEADERS, MONDAY
from tests.dashboards.digest.conftest import publisher as made
from tests.dashboards.digest.models import plain_digest, rate
from tests.support.province import arrived, catalogue, counted
from tests.support.store import free_port

WEEK = parse("2026-W46")
WEEKLY = (turn("week", "mon 07:00"),)


@pytest.fixture
def url(clickhouse):
    return clickhouse


def publisher(url, circle=None, routes=None, online=35):
    """Over a quiet week that need not be asked of the store."""
    before, now = rate(ONLINE_SUBMISSION_RATE, 30, 70, "2026-W45"), rate(ONLINE_SUBMISSION_RATE, online, 70)
    figure = Figure(now, before, None, None, (), Verdict.CHANCE)
    return made(url, circle, routes, lambda *given: plain_digest(figures=(figure,), made_at=given[2].now))


def post(url: str, address: str) -> Post:
    addresses = {LEADERS: address}
    return Post(addresses, Archive(Rows(url)), Courier(addresses, SECRET, lambda: MONDAY))


def delivered(url, address, now=MONDAY):
    """As the watching process does it; what each message heard."""
    outbox, found = publisher(url).outbox, []
    for message in outbox.due(now):
        found.append(post(url, address).send(message))
        outbox.record(message.tried(found[-1], now), now)
    return found


def outcomes(url):
    return {entry.revision: entry.outcomes for entry in Archive(Rows(url)).entries()}


def test_what_arrives_is_what_is_kept_to_the_byte(url):
    client, box = connect(url), Mailbox()
    catalogue(client, {"H07": None, "H07.1": "H07"})
    counted(client, WEEK.last, "H07.1", 10, 5)
    arrived(client, MONDAY)
    with mail_server(box) as address:
        published = made(url).first(WEEK, None, MONDAY)
        assert delivered(url, address) == [None]
    (mail,) = box.mails
    kept = opened(Archive(Rows(url)).get(WEEK, None, 1).mail)
    assert mail["X-Nhip-Key"] == published.messages[0].key
    assert (mail["To"], mail["Subject"]) == ("soc@tinh.vn", kept["Subject"])
    assert mail["Message-ID"].endswith("@nhip>")
    received = [each.get_payload(decode=True) for each in mail.walk() if not each.is_multipart()]
    assert received == [each.get_payload(decode=True) for each in kept.walk() if not each.is_multipart()]
    assert "soc@tinh.vn" not in str(Rows(url).ask("SELECT * FROM digest_issue"))
    assert outcomes(url) == {1: {Outcome.SENT: 1}}


def test_by_schedule_it_is_issued_once_through_restarts_and_for_two_at_once(url):
    for now in (MONDAY - timedelta(minutes=1), MONDAY, MONDAY + timedelta(hours=1), MONDAY + timedelta(days=1)):
        for _ in range(2):
            Digests(publisher(url), WEEKLY).beat(now)
    assert outcomes(url) == {1: {Outcome.WAITING: 1}}
    assert Archive(Rows(url)).newest(WEEK, None).made_at == MONDAY


def test_killed_between_the_issue_and_its_messages_it_is_sent_all_the_same(url, monkeypatch):
    first = publisher(url)
    monkeypatch.setattr(type(first.outbox), "put", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        Digests(first, WEEKLY).beat(MONDAY)
    monkeypatch.undo()
    assert outcomes(url) == {1: {}}
    Digests(publisher(url), WEEKLY).beat(MONDAY + timedelta(minutes=5))
    assert outcomes(url) == {1: {Outcome.WAITING: 1}}


def test_killed_between_sending_and_recording_it_comes_again_under_the_same_name(url):
    box = Mailbox()
    with mail_server(box) as address:
        Digests(publisher(url), WEEKLY).beat(MONDAY)
        (message,) = publisher(url).outbox.due(MONDAY)
        assert post(url, address).send(message) is None  # and here it is killed
        assert delivered(url, address) == [None]
    assert len(box.mails) == 2
    assert len({mail["Message-ID"] for mail in box.mails}) == 1
    assert len({mail.as_bytes() for mail in box.mails}) == 1


def test_asked_again_it_is_corrected_only_where_figures_changed(url):
    assert publisher(url).asked(WEEK, None, MONDAY, again=False).fresh
    again = publisher(url).asked(WEEK, None, MONDAY + timedelta(hours=1), again=False)
    assert (again.fresh, again.messages, again.issue.revision) == (False, (), 1)
    planned = publisher(url, online=34).planned(WEEK, None, MONDAY + timedelta(hours=2))
    assert (planned.fresh, planned.issue.revision, outcomes(url)) == (True, 2, {1: {Outcome.WAITING: 1}})
    corrected = publisher(url, online=34).asked(WEEK, None, MONDAY + timedelta(hours=2), again=False).issue
    assert corrected.subject.startswith("Đính chính: ")
    assert "Tỷ lệ hồ sơ nộp trực tuyến: đã gửi 50,0 % (35/70), nay 48,5 % (34/70)." in corrected.changes
    assert corrected.changes[0] in part(corrected.mail, Form.TEXT).decode()
    forced = publisher(url, online=34).asked(WEEK, None, MONDAY + timedelta(hours=3), again=True).issue
    assert forced.changes == ("Phát hành lại theo yêu cầu; số liệu không thay đổi.",)
    assert set(outcomes(url)) == {1, 2, 3}


def test_another_recipient_gets_the_issue_that_is_there(url):
    publisher(url).first(WEEK, None, MONDAY)
    later = publisher(url, {None: (LEADERS, "digest:so")}).first(WEEK, None, MONDAY + timedelta(hours=1))
    assert [message.recipient for message in later.messages] == ["digest:so"]
    assert not later.fresh


@pytest.mark.parametrize("answer", ["451 try later", "554 no"])
def test_a_refusing_server_is_tried_again_and_named_nowhere(url, answer):
    Digests(publisher(url), WEEKLY).beat(MONDAY)
    with mail_server(Mailbox(answer)) as address:
        (failure,) = delivered(url, address)
        assert "máy chủ thư" in failure
        assert "127.0.0.1" not in failure
        assert delivered(url, address) == []  # not before its time
    with mail_server(Mailbox()) as address:
        assert delivered(url, address, MONDAY + timedelta(minutes=1)) == [None]
    assert outcomes(url) == {1: {Outcome.SENT: 1}}


def test_a_slow_or_absent_server_fails_in_time_and_is_given_up_in_the_end(url):
    Digests(publisher(url), WEEKLY).beat(MONDAY)
    with mail_server(Mailbox(delay=4)) as address:
        assert delivered(url, address)[0] is not None
    now, nowhere = MONDAY, f"mailto://127.0.0.1:{free_port()}?mode=insecure&from=a@b.vn&to=c@d.vn&cto=1"
    for _ in range(MOST_ATTEMPTS):
        now += timedelta(minutes=31)
        delivered(url, nowhere, now)
    assert outcomes(url) == {1: {Outcome.UNDELIVERABLE: 1}}


def test_one_that_cannot_be_brought_is_passed_on_to_those_who_hear_of_such_things(url):
    making = publisher(url, routes=Routes({"soc": 1}, ("soc",), ("soc",)))
    (message,) = making.first(WEEK, None, MONDAY).messages
    for _ in range(MOST_ATTEMPTS):
        message = message.tried("no", MONDAY)
    making.outbox.record(message, MONDAY)
    passed = [each for each in making.outbox.due(MONDAY) if each.recipient == "soc"]
    assert "không gửi được đến digest:lanh-dao" in passed[0].subject


def test_a_webhook_gets_the_text(url):
    publisher(url).first(WEEK, None, MONDAY)
    with webhook() as server:
        assert delivered(url, server.address) == [None]
    ((headers, content),) = server.requests
    assert "TUẦN" in content.decode().upper()
    assert headers["Idempotency-Key"].startswith("digest/2026-W46/")


def test_what_fails_is_told_and_tried_again_and_stops_nothing_else(url, monkeypatch, caplog):
    making = publisher(url)
    monkeypatch.setattr(type(making), "first", lambda *_: 1 / 0)
    digests = Digests(making, WEEKLY)
    digests.beat(MONDAY)
    assert "was not made" in caplog.text
    monkeypatch.undo()
    digests.beat(MONDAY + timedelta(minutes=1))
    assert outcomes(url) == {}
    digests.beat(MONDAY + timedelta(minutes=11))
    assert set(outcomes(url)) == {1}


def test_a_moment_long_missed_is_left_to_people():
    monthly = (turn("month", "2 07:00"),)
    assert list(due(WEEKLY, MONDAY - timedelta(seconds=1))) == []
    assert [period.name for period in due(WEEKLY, MONDAY)] == ["2026-W46"]
    assert [period.name for period in due(WEEKLY, MONDAY + timedelta(days=2))] == ["2026-W46"]
    assert list(due(WEEKLY, MONDAY + timedelta(days=2, seconds=1))) == []
    assert [period.name for period in due(monthly, MONDAY.replace(day=2))] == ["2026-10"]

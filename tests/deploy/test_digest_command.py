"""`nhip digest`, as staff type it: written, sent, listed, shown; and what it says to words it cannot use."""

import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dashboards.alerts.lease import Lease
from dashboards.auth.rows import Rows
from deploy.digest_settings import DigestSettings
from deploy.migrate import migrate
from metrics.civil import civil
from metrics.errors import Misconfigured
from streams.state import connect
from tests.dashboards.alerts.test_delivery import Mailbox, mail_server
from tests.deploy.test_alerts import process, until
from tests.support.filling import fill, province
from tests.support.store import free_port, store
from tests.support.terminal import Terminal


@pytest.fixture(scope="module")
def loaded(url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    fill(connect(url), province(tmp_path_factory.mktemp("drop"), 60, seed=3))
    return url


@pytest.fixture
def nhip(terminal: Terminal, loaded: str) -> Terminal:
    return replace(terminal, before=("digest",))


@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF"), ("html", b"<!doctype html>")])
def test_it_is_written_to_a_file(nhip, tmp_path, ending, begins):
    path = tmp_path / f"one.{ending}"
    assert nhip("--week", "2026-W20", "--to", str(path))[0] == 0
    assert path.read_bytes().strip().startswith(begins)


def test_it_is_sent_listed_and_shown(nhip, tmp_path, monkeypatch):
    box = Mailbox()
    with mail_server(box) as address:
        monkeypatch.setenv("NHIP_DIGEST_RECIPIENTS", f"lanh-dao={address}")
        status, _, err = nhip("--month", "2026-05", "--send", "--dry-run")
        assert (status, box.mails) == (0, [])
        assert "would be issued" in err
        assert json.loads(nhip("list", "--json")[1]) == []
        status, _, err = nhip("--month", "2026-05", "--send")
        assert (status, len(box.mails)) == (0, 1)
        assert "digest:lanh-dao: sent" in err
        status, _, err = nhip("--month", "2026-05", "--send")
        assert (status, len(box.mails)) == (0, 1)
        assert "issued already" in err
    (one,) = json.loads(nhip("list", "--json")[1])
    assert (one["issue"], one["outcomes"]) == ("2026-05/1", {"sent": 1})
    assert "2026-05/1" in nhip("list")[1]
    path = tmp_path / "one.pdf"
    assert nhip("show", "2026-05/1", "--to", str(path))[0] == 0
    (attached,) = box.mails[0].iter_attachments()
    assert path.read_bytes() == attached.get_content()
    assert nhip("show", "2026-05/7", "--to", str(path))[0] == 1


def test_while_somebody_watches_the_outbox_it_is_left_to_them(nhip, loaded, monkeypatch):
    monkeypatch.setenv("NHIP_DIGEST_RECIPIENTS", f"lanh-dao=mailto://127.0.0.1:{free_port()}?from=a@b.vn&to=c@d.vn")
    monkeypatch.setattr("deploy.commands.digest.PATIENCE", 0.5)
    watching = Lease(Rows(loaded), "nhip up", settling=0)
    assert watching.held()
    status, _, err = nhip("--week", "2026-W18", "--send")
    watching.leave()
    assert status == 0
    assert "the alerts' process sends it" in err


def test_nobody_to_send_it_to_is_told(nhip, monkeypatch):
    assert "names nobody for the province" in nhip("--week", "2026-W20", "--send")[2]
    monkeypatch.setenv("NHIP_DIGEST_RECIPIENTS", "so@H99.20=mailto://x:y@example.vn")
    assert "names nobody for H99.21" in nhip("--week", "2026-W20", "--send", "--agency", "H99.21")[2]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ((), "give one of --week, --month and --quarter"),
        (("--week", "2026-W20"), "give --to FILE, or --send"),
        (("--week", "2026-11", "--send"), "--week: write it as 2026-W46"),
        (("--week", "2026-W20", "--month", "2026-05", "--send"), "give one of"),
        (("--week", "2026-W20", "--to", "x.doc"), "--to: a file whose name ends with .pdf, .html, .txt"),
        (("--week", "2026-W20", "--to", "x.pdf", "--again"), "--again: only with --send"),
        (("--week", "2026-W20", "--to", "x.pdf", "--dry-run"), "--dry-run: only with --send"),
        (("burn",), "WHAT: list, show"),
        (("list", "--week", "2026-W20"), "--week: only where a digest is made"),
        (("show", "--to", "x.pdf"), "ISSUE: say which"),
    ],
)
def test_wrong_words_are_named(nhip, words, problem):
    status, out, err = nhip(*words)
    assert (status, out) == (2, "")
    assert problem in err


def test_an_agency_that_nobody_knows_is_told(nhip, tmp_path):
    status, _, err = nhip("--week", "2026-W20", "--agency", "H00", "--to", str(tmp_path / "x.pdf"))
    assert status == 2
    assert "no such agency: H00" in err


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("RECIPIENTS", "lanh-dao:s3cret", "must look like"),
        ("RECIPIENTS", "lanh-dao=pigeon://s3cret", "no such address in digest:lanh-dao"),
        ("RECIPIENTS", "lanh-dao=https://u:s3cret@x.vn/", "NHIP_ALERT_SECRET"),
        ("WEEKLY", "monday", "NHIP_DIGEST_WEEKLY: 'monday' is no time of a week; write mon 07:00"),
        ("MONTHLY", "31 07:00", "NHIP_DIGEST_MONTHLY"),
    ],
)
def test_wrong_settings_are_told_without_quoting_a_secret(nhip, monkeypatch, name, value, said):
    monkeypatch.setenv(f"NHIP_DIGEST_{name}", value)
    status, _, err = nhip("list")
    assert status == 2
    assert said in err
    assert "s3cret" not in err


def test_groups_may_have_several_addresses_and_an_agency(monkeypatch):
    given = "lanh-dao=mailto://a.vn lanh-dao=mailto://b.vn so-y-te@H07.14=mailto://c.vn"
    monkeypatch.setenv("NHIP_DIGEST_RECIPIENTS", given)
    found = DigestSettings.read()
    assert found.circle == {None: ("digest:lanh-dao", "digest:lanh-dao/2"), "H07.14": ("digest:so-y-te@H07.14",)}
    assert "a.vn" not in repr(found)
    assert [turn.kind for turn in found.turns] == ["week"]
    monkeypatch.setenv("NHIP_DIGEST_WEEKLY", "off")
    assert DigestSettings.read().turns == ()
    monkeypatch.setenv("NHIP_DIGEST_QUARTERLY", "0 07:00")
    with pytest.raises(Misconfigured, match="QUARTERLY"):
        DigestSettings.read()


def weekday() -> str:
    """A moment of this week that has just been."""
    return f"{civil(datetime.now(UTC) - timedelta(minutes=2)):%a %H:%M}".lower()


def test_the_process_is_killed_while_the_mail_is_on_its_way_and_another_one_sends_it_again(tmp_path):
    box = Mailbox(delay=4)
    with store(tmp_path) as running, mail_server(box) as address:
        migrate(running.url)
        to = f"lanh-dao={address.replace('cto=2', 'cto=20')}"
        given = {"NHIP_DIGEST_RECIPIENTS": to, "NHIP_DIGEST_WEEKLY": weekday()}
        sending = Rows(running.url)

        def outcomes() -> list[tuple[str, int]]:
            return sending.ask("SELECT outcome, attempts FROM alert_message FINAL WHERE startsWith(key, 'digest/')")

        with process(running.url, tmp_path, **given) as first:
            until(lambda: box.begun == 1)
            first.kill()
            first.wait()
        assert outcomes() == [("waiting", 0)]
        until(lambda: len(box.mails) == 1)
        box.delay = 0
        sending.tell("TRUNCATE TABLE alert_evaluator")  # as if its lease had run out
        with process(running.url, tmp_path, **given), process(running.url, tmp_path, **given):
            until(lambda: outcomes() == [("sent", 1)])
            time.sleep(4)
        assert len(box.mails) == 2
        assert len({mail["Message-ID"] for mail in box.mails}) == 1
        assert sending.ask("SELECT count() FROM digest_issue") == [(1,)]

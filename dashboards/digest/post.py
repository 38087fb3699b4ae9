"""How an issue leaves the house: mail as the archived letter, byte by byte; other addresses get its text as a message.

Apprise reads the addresses and opens the mail server's door; the letter is our own: what is kept is what is sent.
"""

import smtplib
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

import apprise
from apprise.exception import AppriseException
from apprise.plugins.email import NotifyEmail
from apprise.plugins.email.smtp import AppriseSMTPController

from dashboards.alerts.delivery import Courier, Failure
from dashboards.alerts.outbox import Message
from dashboards.digest.archive import MESSAGES, Archive
from dashboards.digest.issue import Issue
from dashboards.digest.letter import addressed
from metrics.period import parse

MAIL = frozenset({"mailto", "mailtos"})
REFUSED = "máy chủ thư từ chối hoặc không trả lời"


@dataclass(frozen=True, slots=True)
class Post:
    """A courier for all messages; `letters` are the addresses that take an issue as a mail, by recipient."""

    letters: Mapping[str, str] = field(repr=False)
    archive: Archive
    others: Courier

    def send(self, message: Message) -> Failure:
        """None where it was taken."""
        address = self.letters.get(message.recipient)
        if address is None or not message.key.startswith(MESSAGES) or urlsplit(address).scheme not in MAIL:
            return self.others.send(message)
        issue = self._issue(message.key)
        if issue is None:
            return "không còn bản đã phát hành này"
        return _mailed(address, issue, message.key)

    def _issue(self, key: str) -> Issue | None:
        _, period, agency, revision, _ = key.split("/", 4)
        place = unquote(agency)
        return self.archive.get(parse(period), None if place == "*" else place, int(revision))


def _mailed(address: str, issue: Issue, key: str) -> Failure:
    """To every receiver that the address names; whoever is refused fails the whole, and all get it again."""
    door = apprise.Apprise.instantiate(address)
    if not isinstance(door, NotifyEmail):
        return "địa chỉ thư không dùng được"
    try:
        with _opened(door) as smtp:
            return next((REFUSED for to in _receivers(door) if not _given(smtp, door, to, issue.mail, key)), None)
    except (OSError, smtplib.SMTPException, AppriseException, RuntimeError) as error:
        return f"{REFUSED} ({type(error).__name__})"


def _opened(door: NotifyEmail) -> AppriseSMTPController:
    return AppriseSMTPController(
        host=door.smtp_host,
        port=int(door.port or 0),
        secure_mode=str(door.secure_mode),
        user=door.user,
        password=door.password,
        verify_certificate=door.verify_certificate,
        socket_connect_timeout=door.socket_connect_timeout,
    )


def _receivers(door: NotifyEmail) -> list[str]:
    return [str(to) for _, to in door.targets]


def _given(smtp: AppriseSMTPController, door: NotifyEmail, to: str, mail: bytes, key: str) -> bool:
    sender = str(door.from_addr[1])
    said = addressed(mail, sender, to, key).as_bytes().decode("ascii")
    return smtp.sendmail(sender, [to, *door.cc, *door.bcc], said)

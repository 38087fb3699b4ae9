"""How a message leaves the house: by Apprise (mail and whatever else it knows), or as a plain signed webhook.

A receiver of the webhook checks `X-Nhip-Signature`: `sha256=` and the hexadecimal HMAC-SHA256, under NHIP_ALERT_SECRET,
of the header `X-Nhip-Timestamp` (seconds since 1970), a point, and the body as it came. `Idempotency-Key` is the same
each time a message is sent, so what comes twice can be told.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

import apprise
import httpx2

from dashboards.alerts.outbox import Message

SECONDS = 10.0
WEB = ("http", "https")
WITH_HEADERS = frozenset({"mailto", "mailtos", "json", "jsons", "xml", "xmls", "form", "forms"})

Failure = str | None
"""What went wrong, fit to be shown: it names no address and no password."""


@dataclass(frozen=True, slots=True)
class Courier:
    """`addresses` by recipient, as messages name them."""

    addresses: Mapping[str, str] = field(repr=False)
    secret: str = field(repr=False)
    clock: Callable[[], datetime]

    def send(self, message: Message) -> Failure:
        """None where it was taken."""
        address = self.addresses.get(message.recipient)
        if address is None:
            return "nhóm nhận này không còn trong cấu hình"
        scheme = urlsplit(address).scheme
        return self._posted(address, message) if scheme in WEB else _apprised(address, message)

    def _posted(self, address: str, message: Message) -> Failure:
        content = json.dumps(
            {
                "key": message.key,
                "made_at": message.made_at.isoformat(),
                "subject": message.subject,
                "body": message.body,
                "alerts": list(message.transitions),
            },
            ensure_ascii=False,
        ).encode()
        stamp = str(int(self.clock().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": message.key,
            "X-Nhip-Timestamp": stamp,
            "X-Nhip-Signature": "sha256=" + signature(self.secret, stamp, content),
        }
        try:
            answer = httpx2.post(address, content=content, headers=headers, timeout=SECONDS)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            return f"webhook không trả lời ({type(error).__name__})"
        return None if answer.is_success else f"webhook trả lời {answer.status_code}"


def signature(secret: str, stamp: str, content: bytes) -> str:
    return hmac.new(secret.encode(), stamp.encode() + b"." + content, hashlib.sha256).hexdigest()


def _apprised(address: str, message: Message) -> Failure:
    scheme = urlsplit(address).scheme
    keyed = f"{address}{'&' if '?' in address else '?'}+X-Nhip-Key={message.key}" if scheme in WITH_HEADERS else address
    sender = apprise.Apprise()
    if not sender.add(keyed):
        return f"địa chỉ {scheme} không dùng được"
    text = f"{message.body}\n\nMã tin: {message.key}"
    sent = sender.notify(text, title=message.subject, body_format=apprise.NotifyFormat.TEXT)
    return None if sent else f"{scheme}: máy chủ từ chối hoặc không trả lời"


def usable(address: str) -> bool:
    """Whether something can be sent there, as far as its look tells."""
    return urlsplit(address).scheme in WEB or bool(apprise.Apprise().add(address))

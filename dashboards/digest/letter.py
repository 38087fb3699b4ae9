"""A document as a letter: HTML with its pictures, plain text, and the PDF; and such a letter taken apart."""

from base64 import b64encode
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum
from hashlib import blake2b

from dashboards.digest.document import Document, Picture
from dashboards.digest.pdf import pdf
from dashboards.digest.pictures import png
from dashboards.digest.text import html, plain

PLACE = "nhip"
"""What stands after the @ in names of parts: they need one, and it is nobody's address."""


class Form(StrEnum):
    """In what an issue can be had."""

    HTML = "html"
    PDF = "pdf"
    TEXT = "txt"
    MAIL = "eml"


TYPES = {
    Form.HTML: "text/html; charset=utf-8",
    Form.PDF: "application/pdf",
    Form.TEXT: "text/plain; charset=utf-8",
    Form.MAIL: "message/rfc822",
}


def letter(whole: Document, name: str) -> bytes:
    """Without sender and receiver; in lines of ASCII, so that it stays as it is wherever it travels."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = whole.subject
    message.set_content(plain(whole), cte="base64")
    message.add_alternative(html(whole, lambda at, _: f"cid:{_name(at)}"), subtype="html", cte="base64")
    page = message.get_payload()[1]  # type: ignore[index]  # of two parts
    for at, block in enumerate(whole.blocks):
        if isinstance(block, Picture):
            page.add_related(  # type: ignore[union-attr]
                png(block), "image", "png", cid=f"<{_name(at)}>", disposition="inline", filename=f"{at}.png"
            )
    message.add_attachment(pdf(whole), "application", "pdf", filename=f"nhip-{name}.pdf")
    return message.as_bytes()


def _name(at: int) -> str:
    return f"bieu-do-{at}@{PLACE}"


def addressed(mail: bytes, sender: str, to: str, key: str) -> EmailMessage:
    """The letter on its way; the same key each time that it is sent."""
    message = opened(mail)
    message["From"], message["To"] = sender, to
    message["Message-ID"] = f"<{blake2b(key.encode(), digest_size=12).hexdigest()}@{PLACE}>"
    message["X-Nhip-Key"] = key
    return message


def opened(mail: bytes) -> EmailMessage:
    message = message_from_bytes(mail, policy=SMTP)
    if not isinstance(message, EmailMessage):
        raise TypeError  # that policy makes no other
    return message


def part(mail: bytes, form: Form) -> bytes:
    """As it was sent. HTML has its pictures in itself instead of beside it, so that a browser shows them."""
    message = opened(mail)
    match form:
        case Form.MAIL:
            return mail
        case Form.PDF:
            (attached,) = message.iter_attachments()
            return bytes(attached.get_content())
        case Form.TEXT:
            return _body(message, "plain").encode()
        case Form.HTML:
            return _with_pictures(message).encode()


def _body(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    return "" if found is None else str(found.get_content())


def _with_pictures(message: EmailMessage) -> str:
    page = _body(message, "html")
    for each in message.walk():
        if name := (each["Content-ID"] or "").strip("<>"):
            data = b64encode(each.get_payload(decode=True)).decode()  # type: ignore[arg-type]  # a picture has bytes
            page = page.replace(f"cid:{name}", f"data:image/png;base64,{data}")
    return page

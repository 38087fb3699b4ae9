"""`nhip digest`: two pages about a week, month or quarter."""

import os
import secrets
import time
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from dashboards.alerts.lease import SETTLING, Lease
from dashboards.alerts.outbox import Message
from dashboards.auth.rows import Rows
from dashboards.digest.archive import Archive
from dashboards.digest.letter import Form, part
from dashboards.digest.pdf import pdf
from dashboards.digest.post import Post
from dashboards.digest.publishing import Published, Publisher
from dashboards.digest.sections import document
from dashboards.digest.text import plain, self_contained
from dashboards.spans import form
from deploy import digesting
from deploy.alert_settings import AlertSettings
from deploy.commands.digest_view import name_of, say_planned, show_list
from deploy.digesting import now, publisher, routes_of
from deploy.folder import Role
from deploy.output import tell
from deploy.settings import Settings
from deploy.stack import running
from metrics.errors import Misconfigured, Refused
from metrics.period import Period, parse

KINDS = {"week": "2026-W46", "month": "2026-11", "quarter": "2026-Q3"}
PATIENCE = 3 * SETTLING
"""Seconds until we are the one that may send, where nobody else is."""
AGAIN = "; it is tried again by `nhip up` or `nhip alerts`"


def problems(given: Namespace) -> Iterator[str]:
    if given.what not in {None, "list", "show"}:
        yield "WHAT: list, show, or nothing to make one"
    elif given.what is None:
        yield from _of_making(given)
    else:
        said = [name for name in KINDS if vars(given)[name]] + [name for name in ("send", "again") if vars(given)[name]]
        yield from (f"--{name}: only where a digest is made" for name in said)
    if given.what == "show":
        yield from () if given.issue else ("ISSUE: say which; `nhip digest list` names them",)
        yield from _of_file(given.to, tuple(Form))


def _of_making(given: Namespace) -> Iterator[str]:
    said = [name for name in KINDS if vars(given)[name]]
    if len(said) != 1:
        yield "give one of --week, --month and --quarter"
    for name in said:
        yield from _of_period(name, vars(given)[name])
    if bool(given.to) == given.send:
        yield "give --to FILE, or --send"
    if given.to:
        yield from _of_file(given.to, (Form.PDF, Form.HTML, Form.TEXT))
    said_too = [flag for flag in ("again", "dry_run") if vars(given)[flag] and not given.send]
    yield from (f"--{flag.replace('_', '-')}: only with --send" for flag in said_too)


def _of_period(name: str, text: str) -> Iterator[str]:
    try:
        fits = form(parse(text)) == name
    except Misconfigured:
        fits = False
    if not fits:
        yield f"--{name}: write it as {KINDS[name]}"


def _of_file(path: str | None, forms: Sequence[Form]) -> Iterator[str]:
    if _form(path) not in forms:
        yield f"--to: a file whose name ends with {', '.join('.' + each for each in forms)}"


def _form(path: str | None) -> Form | None:
    ending = Path(path or "").suffix.removeprefix(".")
    return Form(ending) if ending in set(Form) else None


def run(given: Namespace, settings: Settings) -> int:
    alerts = AlertSettings.read()
    digests = digesting.settled(alerts)
    with running(settings, Role.READER, tell) as where:
        archive = Archive(Rows(where.clickhouse))
        if given.what == "list":
            show_list(archive.entries(), pure_json=given.json)
            return 0
        if given.what == "show":
            Path(given.to).write_bytes(shown(archive, given.issue, given.to))
            return 0
        making = publisher(where.clickhouse, settings, digests, routes_of(alerts))
        period = parse(next(vars(given)[name] for name in KINDS if vars(given)[name]))
        if given.to:
            Path(given.to).write_bytes(made(making, period, given.agency, given.to))
            tell(f"written: {given.to}")
            return 0
        if given.agency not in digests.circle:
            raise Refused(f"NHIP_DIGEST_RECIPIENTS names nobody for {given.agency or 'the province'}: nothing was sent")
        if given.dry_run:
            say_planned(making.planned(period, given.agency, now()))
            return 0
        done = making.asked(period, given.agency, now(), again=given.again)
        return sent(where.clickhouse, making, done, digesting.post(where.clickhouse, alerts, digests, {}))


def made(making: Publisher, period: Period, agency: str | None, path: str) -> bytes:
    """Of the figures as they are now."""
    whole = document(making.digest(period, agency, now()), making.link(period, agency))
    match _form(path):
        case Form.PDF:
            return pdf(whole)
        case Form.HTML:
            return self_contained(whole).encode()
        case _:
            return plain(whole).encode()


def shown(archive: Archive, name: str, path: str) -> bytes:
    entry = next((each for each in archive.entries() if name_of(each) == name), None)
    issue = archive.get(entry.period, entry.agency, entry.revision) if entry else None
    wanted = _form(path)
    if issue is None or wanted is None:
        raise Refused(f"no such issue: {name}; `nhip digest list` names them")
    return part(issue.mail, wanted)


def sent(url: str, making: Publisher, done: Published, post: Post) -> int:
    """By us, where nobody watches the outbox; else whoever does sends it within seconds."""
    tell(f"{'issued' if done.fresh else 'issued already, and no figure has changed'}: {done.issue.subject}")
    lease = Lease(Rows(url), f"{os.uname().nodename}-{os.getpid()}-{secrets.token_hex(4)}")
    if not done.messages:
        tell("everybody has it, or will: `nhip digest list`")
        return 0
    try:
        if not _ours(lease):
            tell("the alerts' process sends it within seconds; `nhip digest list` shows what became of it")
            return 0
        return max([_send(making, message, post) for message in done.messages])
    finally:
        lease.leave()


def _ours(lease: Lease) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not (held := lease.held()) and time.monotonic() < deadline:
        time.sleep(0.5)
    return held


def _send(making: Publisher, message: Message, post: Post) -> int:
    failure = post.send(message)
    making.outbox.record(message.tried(failure, now()), now())
    tell(f"{message.recipient}: {failure or 'sent'}{AGAIN if failure else ''}")
    return 1 if failure else 0

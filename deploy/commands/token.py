"""`nhip token`: who may push records by HTTP."""

import time
from argparse import Namespace
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dashboards.auth.history import TERMINAL, History, What
from dashboards.auth.rows import Rows
from deploy import tokens
from deploy.folder import Role
from deploy.output import say, say_json, tell
from deploy.settings import Settings
from deploy.stack import running
from deploy.tokens import MOST, USUAL, Token, Tokens
from deploy.usage import whole_number
from ingest.push.sender import Sender

WHAT = ("add", "list", "revoke")


def problems(given: Namespace) -> Iterator[str]:
    if given.what not in WHAT:
        yield f"WHAT: one of {', '.join(WHAT)}"
        return
    if (given.what == "list") == bool(given.name):
        yield "NAME: not for `nhip token list`" if given.name else "NAME: say which system sends"
    if given.per_minute is not None:
        yield from whole_number("--per-minute", given.per_minute, 1, MOST)
    if given.what == "add" and given.name:
        yield from tokens.problems(sender(given, USUAL))
    if given.what != "add" and (given.kinds or given.agencies or given.per_minute):
        yield "--kinds, --agencies and --per-minute: only for `nhip token add`"


def sender(given: Namespace, per_minute: int) -> Sender:
    return Sender(given.name, _listed(given.kinds), _listed(given.agencies), per_minute)


def _listed(text: str | None) -> frozenset[str]:
    return frozenset(one.strip() for one in (text or "").split(",") if one.strip())


def run(given: Namespace, settings: Settings) -> int:
    with running(settings, Role.READER, tell) as where:
        rows = Rows(where.clickhouse)
        kept, history = Tokens(rows, time.time), History(rows, time.time)
        if given.what == "list":
            _show(kept.all(), pure_json=given.json)
        elif given.what == "revoke":
            kept.revoke(given.name)
            history.add(What.TOKEN_REVOKED, given.name, TERMINAL)
            tell(f"revoked; a running ingest knows within {tokens.FRESH:.0f} seconds")
        else:
            made = kept.add(sender(given, int(given.per_minute or USUAL)))
            history.add(What.TOKEN_ADDED, given.name, TERMINAL)
            say_json({"name": given.name, "token": made}) if given.json else say(made)
            tell("keep it now: it is not shown again")
    return 0


def _show(found: list[Token], *, pure_json: bool) -> None:
    rows = [token.json() for token in found]
    if pure_json:
        say_json(rows)
        return
    drawn = Table(*(rows[0] if rows else ()), title=f"Mã gửi dữ liệu: {len(rows)}", title_justify="left")
    for row in rows:
        drawn.add_row(*(Text(", ".join(value) if isinstance(value, list) else str(value)) for value in row.values()))
    Console().print(drawn)

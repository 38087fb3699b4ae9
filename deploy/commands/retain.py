"""`nhip retain`: what is past its term, and its end. Who, when and how much is kept in the accounts' history."""

from argparse import Namespace
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from clickhouse_connect.driver.client import Client

from dashboards.auth.history import TERMINAL, History, What
from dashboards.auth.rows import Rows
from dashboards.store import connect
from deploy.folder import Role
from deploy.output import say, say_json, tell
from deploy.parts import GROUP, Addresses
from deploy.retention.audit import delete, older
from deploy.retention.pseudonym import Pseudonyms
from deploy.retention.retire import Store, found, retire
from deploy.settings import Settings
from deploy.stack import running
from ingest.offsets import require_nobody_reads
from ingest.topics import keep_as_said
from metrics.errors import Misconfigured

FOR_EVER = "Kafka keeps records, and the codes in them, for ever: set NHIP_KAFKA_RETENTION_DAYS, too"


def problems(_given: Namespace) -> Iterator[str]:
    return iter(())


def run(given: Namespace, settings: Settings) -> int:
    wrong = list(settings.retention_problems())
    if wrong:
        raise Misconfigured(wrong)
    if settings.keep_codes_years and not settings.kafka_retention_days:
        tell(FOR_EVER)
    now = datetime.now(UTC)
    with running(settings, Role.RESTORE if given.apply else Role.READER, tell) as where:
        done = (_apply if given.apply else _due)(where, settings, now)
    if given.json:
        say_json({"applied": bool(given.apply), **done})
    else:
        _show(done, applied=given.apply)
    return 0


def before(now: datetime, years: int) -> datetime:
    """The same day so many years ago; of 29 February the day before."""
    return now.replace(year=now.year - years, day=28 if (now.month, now.day) == (2, 29) else now.day)


def _due(where: Addresses, settings: Settings, now: datetime) -> dict[str, Any]:
    client, done = connect(where.clickhouse), {"topics_days": settings.kafka_retention_days}
    codes = found(client, before(now, settings.keep_codes_years)) if settings.keep_codes_years else {}
    audit = older(client, before(now, settings.keep_audit_years)) if settings.keep_audit_years else {}
    return {**done, "codes": codes, "audit": audit}


def _apply(where: Addresses, settings: Settings, now: datetime) -> dict[str, Any]:
    """Said in the history before anything is done: what is broken off there was at least begun."""
    client = connect(where.clickhouse)
    require_nobody_reads(where.kafka, GROUP)
    due = _due(where, settings, now)
    History(Rows.over(client), now.timestamp).add(What.RETAINED, "", TERMINAL, detail=_sentence(due))
    if settings.kafka_retention_days:
        keep_as_said(settings.cluster(str(where.kafka)))
    return due | {"tables": _put_away(client, settings, now)}


def _put_away(client: Client, settings: Settings, now: datetime) -> dict[str, int]:
    store = Store(client, settings.clickhouse_cluster or "")
    rows: dict[str, int] = {}
    if settings.keep_codes_years and settings.keep_codes_secret:
        key = settings.keep_codes_secret.get_secret_value().encode()
        rows |= retire(store, before(now, settings.keep_codes_years), Pseudonyms(key), tell)
    if settings.keep_audit_years:
        rows |= delete(store, before(now, settings.keep_audit_years))
    return rows


def _sentence(due: Mapping[str, Any]) -> str:
    return "; ".join(f"{name}: {what}" for name, what in due.items())


def _show(done: Mapping[str, Any], *, applied: bool) -> None:
    say("Đã thực hiện thời hạn lưu (terms applied)" if applied else "Đã quá thời hạn lưu (past their term)")
    for part, what in done.items():
        said = what.items() if isinstance(what, dict) else [("", what)]
        for name, number in said:
            say(f"  {part} {name}: {number}")
    if not applied:
        say("`nhip retain --apply` thực hiện, khi không worker nào chạy (does it, while no worker runs)")

"""`nhip kpi --at`: what the board's first page said at a moment, as it was read then."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dashboards.alerts.readings import Readings
from dashboards.alerts.shapes import ReadingItem
from dashboards.auth.rows import Rows
from dashboards.naming import moment_name
from deploy.folder import Role
from deploy.output import say_json, tell
from deploy.settings import Settings
from deploy.stack import running
from metrics.civil import CIVIL
from metrics.errors import Refused

OTHERS = ("period", "agency", "by", "family")


def problems_at(given: Namespace) -> Iterator[str]:
    yield from (f"--{name}: not with --at" for name in OTHERS if vars(given)[name] is not None)
    if given.as_closed:
        yield "--as-closed: not with --at"
    if _moment(given.at) is None:
        yield "--at: write a moment of Viet Nam's time as '2026-11-29 10:05'"


def run_at(given: Namespace, settings: Settings) -> int:
    at = _moment(given.at) or datetime.now(UTC)  # problems_at has seen to it
    with running(settings, Role.READER, tell) as where:
        items = [ReadingItem.of(each) for each in Readings(Rows(where.clickhouse)).said(at)]
    if not items:
        raise Refused(
            f"nothing was read in the two minutes before {given.at}: the alerts' process was not running then"
        )
    if given.json:
        say_json([item.model_dump(mode="json") for item in items])
        return 0
    drawn = Table("Chỉ số", "Kỳ", "Bảng cho thấy", "Đọc lúc", title=f"Lúc {moment_name(at)}", title_justify="left")
    for item in items:
        drawn.add_row(*map(Text, (item.title.vi, item.period, item.shown, f"{item.at:%H:%M:%S}")))
    Console().print(drawn)
    return 0


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=CIVIL)

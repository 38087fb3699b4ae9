"""`nhip report 06a`: a periodic form as a workbook."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from dashboards.report_06a import report
from dashboards.store import connect
from deploy.folder import Role
from deploy.output import tell
from deploy.settings import Settings
from deploy.stack import running
from metrics.errors import Misconfigured
from metrics.period import FORMS, parse


def problems(given: Namespace) -> Iterator[str]:
    if given.form != "06a":
        yield "FORM: there is one, 06a"
    if given.to is None or not given.to.endswith(".xlsx"):
        yield "--to: the file to write, such as 06a.xlsx"
    try:
        parse(given.period or "")
    except Misconfigured:
        yield f"--period: say which, as {FORMS}"


def run(given: Namespace, settings: Settings) -> int:
    with running(settings, Role.READER, tell) as where:
        written = report(connect(where.clickhouse), parse(given.period), given.agency)
    Path(given.to).write_bytes(written)
    tell(f"written: {given.to}")
    return 0

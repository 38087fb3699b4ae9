"""The agency tree as it stood when a period was closed."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from clickhouse_connect.driver.client import Client

from dashboards.closing.closes import Close
from dashboards.store import add, ask
from dashboards.tree import AgencyVersion, below
from metrics.period import Period


def tree(client: Client, period: Period) -> Mapping[str, list[str]]:
    """Every agency that the catalogue names, with itself and all below it, as they are on the period's last day."""
    versions = [AgencyVersion(*row) for row in ask(client, "SELECT agency, valid_from, parent FROM agency FINAL")]
    codes = {version.agency for version in versions} | {version.parent for version in versions if version.parent}
    return {code: below(code, versions, period.last) for code in sorted(codes)}


def keep_tree(client: Client, close: UUID, found: Mapping[str, Iterable[str]]) -> None:
    rows = [(close, code, list(codes)) for code, codes in found.items()]
    if rows:
        add(client, "closed_agency", rows, ["close", "agency", "below"])


def agencies_then(client: Client, close: Close, agency: str) -> list[str]:
    """The agency and all below it; one that nobody described was its own whole tree."""
    rows = ask(
        client,
        "SELECT below FROM closed_agency WHERE close = {close:UUID} AND agency = {agency:String} LIMIT 1",
        close=close.id,
        agency=agency,
    )
    return list(rows[0][0]) if rows else [agency]

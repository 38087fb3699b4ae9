"""The services of the catalogue by which a figure of services differs from what it was when its period was closed."""

from collections.abc import Mapping

from clickhouse_connect.driver.client import Client

from dashboards.closing.closes import Close
from dashboards.closing.differences import Difference, Side
from dashboards.closing.figures import frozen
from dashboards.closing.things import DOSSIER, mark, thing_of
from dashboards.closing.tree import agencies_then
from dashboards.figures import Scope, kpi
from dashboards.store import ask
from metrics.kpi import Count, Kpi, Score
from metrics.terms import ServicesInForce

SERVICE = "service"

Used = Mapping[str, bool]
"""The services of the denominator, and whether the numerator counts them."""


def of_services(asked: Kpi) -> bool:
    """Whether services of the catalogue are what it counts, or its denominator where dossiers make them count."""
    counts = not isinstance(asked.formula, Score)
    return counts and any(isinstance(term, ServicesInForce) for term in asked.terms())


def services(client: Client, close: Close, asked: Kpi, agency: str | None) -> list[Difference]:
    """By code. Those of an agency are the ones that it, or an agency below it, has dossiers of."""
    was, now = _then(client, close, asked, agency), _now(client, Scope(close.period, agency, "procedure"), asked)
    whole = not isinstance(asked.formula, Count)
    codes = sorted(was.keys() | now.keys())
    found = (
        Difference(code, *(Side(whole, used[code]) if code in used else None for used in (was, now))) for code in codes
    )
    return [each for each in found if each.was != each.now]


def _now(client: Client, scope: Scope, asked: Kpi) -> Used:
    return {str(reading.key): bool(reading.numerator) for reading in kpi(client, scope, kpis=[asked])}


def _then(client: Client, close: Close, asked: Kpi, agency: str | None) -> Used:
    listed = frozen(client, close, Scope(close.period, by="procedure"))
    mine = {each["procedure"]: bool(each["numerator"]) for each in listed if _same(each["kpi"], each["version"], asked)}
    if agency is None or thing_of(asked) is None:  # the catalogue is the whole province's
        return mine
    used = _of_agencies(client, close, asked, agencies_then(client, close, agency))
    return {code: code in used for code in mine}


def _same(name: str, version: int, asked: Kpi) -> bool:
    return (name, version) == (asked.id, asked.version)


def _of_agencies(client: Client, close: Close, asked: Kpi, agencies: list[str]) -> set[str]:
    """The services that these agencies had dossiers of."""
    rows = ask(
        client,
        f"SELECT DISTINCT procedure FROM {DOSSIER.kept} WHERE close = {{close:UUID}} AND has(counted, {{mark:String}}) "
        "AND agency IN {agencies:Array(String)}",
        close=close.id,
        mark=mark(asked),
        agencies=agencies,
    )
    return {procedure for (procedure,) in rows}

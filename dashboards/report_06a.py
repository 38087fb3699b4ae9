"""Form 06a of a period: each agency's numbers and the whole's, read for the form's workbook."""

from clickhouse_connect.driver.client import Client

from dashboards.agencies import agencies
from dashboards.exports.form_06a import workbook
from dashboards.figures import Reading, Scope, kpi
from metrics.catalogue.vpcp06a import COLUMNS, number
from metrics.period import Period

PROVINCE = "Toàn tỉnh"


def report(client: Client, period: Period, agency: str | None) -> bytes:
    """XLSX in the form's layout; with an agency only it and those below it.

    The whole is the sum of the agencies: each dossier has one, and asking again would take as long once more.
    """
    known = agencies(client, period.last)
    by_agency: dict[str, dict[int, int]] = {}
    for reading in kpi(client, Scope(period, agency, "agency"), kpis=COLUMNS):
        by_agency.setdefault(str(reading.key), {})[number(reading.kpi)] = _count(reading)
    total = {number(each): sum(found.get(number(each), 0) for found in by_agency.values()) for each in COLUMNS}

    def name(code: str) -> str:
        return f"{known[code].name} ({code})" if code in known and known[code].name else code

    rows = [(name(code), columns) for code, columns in sorted(by_agency.items())]
    return workbook(period, name(agency) if agency else PROVINCE, rows, total)


def _count(reading: Reading) -> int:
    return int(reading.numerator or 0)

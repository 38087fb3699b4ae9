"""Three years straight into the store: facts by SQL, and cells counted from them by the declarations.

Row versions are 0, below any offset, so that live events fold upon these rows. Codes, days and services follow from a
dossier's number alone. Afterwards figures are computed from both facts and cells, and have to agree.
"""

from datetime import date

from clickhouse_connect.driver.client import Client

from dashboards.figures import Scope, kpi
from dashboards.relations import Basis
from metrics.catalogue import HEADLINE
from metrics.catalogue.portal import KPIS as PORTAL
from metrics.civil import CIVIL_SQL_ZONE
from metrics.measure import STREAMS, Measure, Stream, measures_of
from metrics.period import parse
from metrics.readings.sql import sql
from tests.bench.board import asked
from tests.bench.board.past import DAYS, SERVICE, SERVICES, Past
from tests.bench.result import Wrong
from tests.bench.topics import PARTITIONS

BLOCK = 200_000
DEPARTMENTS, COMMUNES = 20, 109
ROOT = "H07"
TABLES = ("dossier", "step", "payment", "request", "kpi_cell")

CHANNEL = "multiIf(h3 < 55, '2', h3 < 95, '1', h3 < 99, '3', NULL)"


def agencies() -> list[tuple[str, str, str | None, str]]:
    """Code, name, parent, tier: a province, its departments, its communes."""
    departments = [(f"{ROOT}.{n:02}", f"Sở số {n}", ROOT, "so") for n in range(1, DEPARTMENTS + 1)]
    communes = [(f"{ROOT}.{n + 100}", f"UBND xã số {n}", ROOT, "xa") for n in range(1, COMMUNES + 1)]
    return [(ROOT, "Tỉnh", None, "tinh"), *departments, *communes]


def fill(client: Client, past: Past) -> None:
    _reference(client)
    for start in range(0, past.dossiers, BLOCK):
        numbers = f"numbers({start}, {min(BLOCK, past.dossiers - start)})"
        client.command(f"INSERT INTO dossier {_dossiers(past, numbers)}")
        client.command(f"INSERT INTO step {_steps(past, numbers)}")
        client.command(f"INSERT INTO payment {_payments(past, numbers)}")
    for requests in asked.blocks(past):
        client.command(f"INSERT INTO request ({', '.join(asked.COLUMNS)}) {requests}")
    for stream in (stream for stream in STREAMS if stream.facts.table in TABLES):
        for partition in range(PARTITIONS):
            client.command(f"INSERT INTO kpi_cell {_cells(stream, partition)}")
    for table in TABLES:
        client.command(f"OPTIMIZE TABLE {table} FINAL")


def _reference(client: Client) -> None:
    rows = [[code, date(2015, 1, 1), name, parent, tier, 0] for code, name, parent, tier in agencies()]
    client.insert("agency", rows, ["agency", "valid_from", "name", "parent", "tier", "version"])
    client.command(
        "INSERT INTO service (procedure, valid_from, valid_to, name, field, field_name, authority, level, has_fee, "
        "one_stop, interlinked, electronic_process, by_post, version) "
        "SELECT procedure, if(second, changes, toDate32('2016-01-01')), "
        "if(service % 90 = 7 AND NOT second, changes, NULL), concat('Thủ tục số ', toString(service)), "
        "concat('LV', toString(service % 25)), concat('Lĩnh vực ', toString(service % 25)), "
        "multiIf(service % 20 < 9, 'tinh', service % 20 < 15, 'huyen', 'xa'), "
        "multiIf(second, '4', service % 20 < 3, '2', service % 20 < 10, '3', '4'), toString(service % 2), '1', "
        "toString(service % 5 = 0), '1', toString(service % 3 != 0), 0 "
        f"FROM (SELECT number AS service, {SERVICE} AS procedure, "
        f"today() - service % {DAYS} AS changes, arrayJoin(if(service % 50 = 3, [0, 1], [0])) AS second "
        f"FROM numbers({SERVICES}))"
    )


def _made(past: Past, numbers: str) -> str:
    """The course of each dossier, as moments of civil time in columns that the tables are cut from."""
    codes = ", ".join(f"'{code}'" for code, *_ in agencies()[1:])
    near = "(1 + (h5 % 100) / 40) * term * 1.4"  # when it is late
    return f"""
        SELECT *, toDate('{past.first}') + intDiv(number * {DAYS}, {past.dossiers}) AS day,
            concat(agency, '-', formatDateTime(day, '%y%m%d'), '-', leftPad(toString(number), 7, '0')) AS dossier,
            toDateTime64(day, 0, '{CIVIL_SQL_ZONE}') + 27000 + h4 % 32400 AS received,
            toDateTime64(day + toUInt32(ceil(term * 1.4)), 0, '{CIVIL_SQL_ZONE}') + 61200 AS due,
            received + toUInt32(86400 * if(h5 % 1000 < 35, {near}, term * 1.4 * (0.15 + h5 % 70 / 100))) AS done,
            h6 % 1000 < 10 AS refused, h6 % 1000 BETWEEN 10 AND 14 OR done > now() AS open
        FROM (SELECT number, cityHash64(number, 1) / pow(2, 64) AS u1, cityHash64(number, 2) / pow(2, 64) AS u2,
            cityHash64(number, 3) % 100 AS h3, cityHash64(number, 4) AS h4, cityHash64(number, 5) AS h5,
            cityHash64(number, 6) AS h6,
            [{codes}][1 + toUInt32(floor(pow(u1, 1.7) * {DEPARTMENTS + COMMUNES}))] AS agency,
            toUInt32(floor(pow(u2, 3) * {SERVICES})) AS service, {SERVICE} AS procedure,
            [1, 3, 5, 7, 10, 15, 20][1 + service % 7] AS term FROM {numbers})"""


def _dossiers(past: Past, numbers: str) -> str:
    ended = "NOT open AND NOT refused"
    return f"""(dossier, agency, procedure, channel, applicant, submitted_at, recorded_received_at, due_at, status,
            recorded_finished_at, return_way, paid_online, digitised, step_received_at, step_processed_at,
            step_returned_at, received_at, resolved_at, version)
        SELECT dossier, agency, procedure, {CHANNEL}, '1', received - 600, received, if(h4 % 50 = 7, NULL, due),
            multiIf(open, '4', refused, '3', '10'), if({ended}, done, NULL), '0', '0', '1', received,
            if({ended}, done, NULL), if({ended}, done + 14400, NULL), received, if({ended}, done, NULL), 0
        FROM ({_made(past, numbers)}) ORDER BY dossier"""


def _steps(past: Past, numbers: str) -> str:
    later = "multiIf(open, [], refused, [(done, '3')], [(done, '9'), (done + 14400, '10')])"
    return f"""(dossier, at, status, unit, version)
        SELECT dossier, step.1, step.2, 'Phòng 1', 0 FROM (SELECT dossier, arrayJoin(arrayConcat(
            [(received, '2'), (received + toUInt32(dateDiff('second', received, done) / 4), '4')], {later})) AS step
            FROM ({_made(past, numbers)})) WHERE step.1 <= now() ORDER BY dossier, step.1, step.2"""


def _payments(past: Past, numbers: str) -> str:
    return f"""(transaction, amount, gateway, paid_at, payer, dossier, agency, version)
        SELECT concat('T', leftPad(toString(number), 9, '0')), '30000', 'VNPAY', received + 3600,
            concat('0', formatDateTime(received + 3600, '%Y%m%d%H%i%S'), dossier), dossier,
            agency, 0 FROM ({_made(past, numbers)}) WHERE h5 % 5 = 2"""


def _cells(stream: Stream, partition: int) -> str:
    """As the worker would have counted these things of a partition: one row a day and place."""
    names = [measure.name for measure in measures_of(stream)]
    place = ("day", "agency", "procedure", "channel")
    mine = f"CRC32(toString({stream.facts.key[0]})) % {PARTITIONS} = {partition}"
    moments = dict.fromkeys(measure.dated_by for measure in measures_of(stream))
    counted = " UNION ALL ".join(
        f"SELECT toDate32({moment}, '{CIVIL_SQL_ZONE}') AS day, {', '.join(_places(stream))}, "
        + ", ".join(
            f"{_count(measure) if measure.dated_by == moment else 0} AS {measure.name}"
            for measure in measures_of(stream)
        )
        + f" FROM {stream.facts.table} AS facts WHERE {moment} IS NOT NULL AND {mine}"
        for moment in moments
    )
    sums = ", ".join(f"sum({name})" for name in names)
    return f"""(stream, partition, {", ".join(place)}, {", ".join(names)}, version)
        SELECT '{stream.topic}', {partition}, {", ".join(place)}, {sums}, 0
        FROM ({counted}) GROUP BY {", ".join(place)} ORDER BY {", ".join(place)}"""


def _count(measure: Measure) -> str:
    holds = f"toInt64({sql(measure.where)})"
    return holds if measure.times is None else f"{holds} * toInt64({measure.times})"


def _places(stream: Stream) -> list[str]:
    columns = {"agency": stream.agency, "procedure": stream.procedure, "channel": stream.channel}
    return [f"{_place(column)} AS {name}" for name, column in columns.items()]


def _place(column: str | None) -> str:
    return "''" if column is None else f"ifNull(toString(facts.{column}), '')"


def require_agreement(client: Client, past: Past) -> None:
    """Facts and cells, in periods of several kinds and for an agency and the province; a month may just have begun."""
    names = (f"{past.until:%Y-%m}", f"{past.until.year - 1}-Q2", f"{past.until.year - 1}")
    for scope in [Scope(parse(name), agency) for name in names for agency in (None, f"{ROOT}.03")]:
        kpis = HEADLINE if scope.agency else (*HEADLINE, *PORTAL)
        facts, cells = ([r.json() for r in kpi(client, scope, kpis=kpis, basis=basis)] for basis in Basis)
        empty = scope.period.last < past.until and not all(reading["numerator"] for reading in facts)
        if facts != cells or empty:
            raise Wrong(f"{scope}: facts say {facts}, cells {cells}")

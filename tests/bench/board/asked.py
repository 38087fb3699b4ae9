"""The portal's log of the same years, straight into the store: requests by minute, page and service.

Few for a portal: some requests a dossier, where the files that its pages load are many more. A third names a service;
of twenty one is a robot's; most come in the day.
"""

from collections.abc import Iterator

from metrics.civil import CIVIL_SQL_ZONE
from metrics.funnel import STEPS
from metrics.request import BUCKET_AT, ROBOT_AT, STATUS_AT
from metrics.visitors import RANK_BITS, REGISTERS
from tests.bench.board.past import DAYS, SERVICE, SERVICES, Past

TIMES = 5
"""Requests a dossier."""
BLOCK = 1_000_000
"""Requests at a time, or a day."""
PAGES = (*("static",) * 3, *("service",) * 3, "home", "home", "search", "lookup", "lookup", "login", "api", "start",
         "submit", "done")  # fmt: skip
VIEWS = 7
"""Requests that one visitor makes."""

COLUMNS = ("at", "page", "procedure", "numbers", "visitors", "requests", "failed", "not_found", "robots", "served",
           "buckets", "times", "version")  # fmt: skip
_SERVED = "status < 400 AND NOT robot"


def blocks(past: Past) -> Iterator[str]:
    """A SELECT of COLUMNS for each: of whole days, since a row is a whole minute."""
    days = max(1, BLOCK * DAYS // (past.dossiers * TIMES))
    for first in range(0, DAYS, days):
        yield _minutes(past, first, min(first + days, DAYS))


def _minutes(past: Past, first: int, until: int) -> str:
    requests = past.dossiers * TIMES
    start, end = (-(-day * requests // DAYS) for day in (first, until))
    day = f"toDate('{past.first}') + intDiv(number * {DAYS}, {requests})"
    second = "toUInt32(if(h4 % 5 = 0, h5 % 86400, 25200 + h5 % 43200))"
    return f"""
        SELECT at, page, procedure, arraySort(groupArray(one)), groupUniqArrayIf(mark, {_SERVED}),
            count(), countIf(status >= 500), countIf(status = 404), countIf(robot), countIf({_SERVED}),
            (sumMapIf([bucket], [toUInt32(1)], NOT robot) AS waits).1, waits.2, 0
        FROM (SELECT toStartOfMinute(toDateTime64({day}, 0, '{CIVIL_SQL_ZONE}') + {second}) AS at,
                {list(PAGES)}[1 + h3 % {len(PAGES)}] AS page,
                if(page IN {STEPS}, {SERVICE}, '') AS procedure, h1 % 20 = 0 AS robot,
                multiIf(h2 % 100 < 90, 200, h2 % 100 < 96, 302, h2 % 100 < 99, 404, 500) AS status,
                toUInt16(50 + h6 % 100 + h7 % 100) AS bucket,
                bitOr(bitShiftLeft(toUInt64(status), {STATUS_AT}), bitOr(bitShiftLeft(toUInt64(bucket), {BUCKET_AT}),
                    bitOr(bitShiftLeft(toUInt64(robot), {ROBOT_AT}), h7 % {1 << ROBOT_AT}))) AS one,
                bitOr(bitShiftLeft(came % {REGISTERS}, {RANK_BITS}), 1 + toUInt64(floor(-log2(u3)))) AS mark
            FROM (SELECT number, {", ".join(f"cityHash64(number, {10 + n}) AS h{n}" for n in range(1, 8))},
                cityHash64(intDiv(number, {VIEWS})) AS came, (1 + cityHash64(came) % 1048576) / 1048577 AS u3,
                toUInt32(floor(pow(cityHash64(number, 20) / pow(2, 64), 3) * {SERVICES})) AS service
                FROM numbers({start}, {end - start})))
        WHERE at < now()
        GROUP BY at, page, procedure ORDER BY at, page, procedure"""

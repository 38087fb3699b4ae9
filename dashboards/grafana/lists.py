"""What boards ask beside KPIs: the state of the pipeline and the alerts, late dossiers, services, what to mark in time.

The moment is always the end of the time range, never the store's clock: the same text answers for any moment.
"""

from collections.abc import Iterator

from dashboards.grafana.bounds import DEEPEST, chosen, placed
from dashboards.late import ended_among
from dashboards.open_dossiers import OPEN
from dashboards.question import FIRST, LAST
from dashboards.relations import Basis, relation
from dashboards.texts import Lang, pick
from metrics.breaks import REFORM, Break, Why, definition
from metrics.catalogue import CATALOGUE
from metrics.civil import CIVIL_SQL_ZONE
from metrics.readings.sql import text

NOW = "toDateTime64($__toTime, 0, 'UTC')"
IN_RANGE = "{at} >= $__fromTime AND {at} <= $__toTime"

LIMITS = "subject != '' AND valid_from <= $__toTime AND $__toTime < valid_to"
"""A condition on threshold_limit: what holds at that moment, and is not withdrawn."""

NAMES = "SELECT agency, argMax(name, valid_from) AS name FROM agency FINAL GROUP BY agency"
"""What each agency is called now."""

AS_OF = f"""SELECT stream, newest, least(greatest(brought, ifNull(lag.all_in, brought)), {NOW}) AS known
FROM (SELECT stream, max(newest_at) AS newest, max(written_at) AS written,
        if(isNull(newest), written, least(assumeNotNull(newest), written)) AS brought
    FROM pipeline_progress GROUP BY stream) AS progress
LEFT JOIN (SELECT stream, toNullable(max(at)) AS all_in FROM pipeline_lag
    WHERE records = 0 AND at <= $__toTime GROUP BY stream) AS lag USING (stream)"""
"""By stream, up to when it is known that all is in: the newest event, or later if all was seen to be in since.

Reference data carries no moments: what was written of it is known.
"""


def age() -> str:
    """One row: the newest event, and the seconds since the stream that is furthest behind was complete."""
    return placed(
        f"SELECT toUnixTimestamp64Milli(toDateTime64(max(newest), 3, 'UTC')) AS newest, "
        f"if(count() = 0, NULL, dateDiff('second', min(known), {NOW})) AS age FROM ({AS_OF})"
    )


def lag() -> str:
    """A point a minute and stream: time, stream, records."""
    return placed(
        f"SELECT toDateTime(at) AS time, stream, toFloat64(records) AS records FROM pipeline_lag "
        f"WHERE {IN_RANGE.format(at='at')} ORDER BY time, stream"
    )


def progress() -> str:
    """A row a stream; `delay`: seconds from the newest event to the last write."""
    return placed(
        "SELECT stream, count() AS partitions, sum(reached) AS records, toDateTime(max(event)) AS newest, "
        "toDateTime(max(written)) AS written_at, "
        "greatest(dateDiff('second', max(event), toNullable(max(written))), 0) AS delay "
        "FROM (SELECT stream, partition, max(next_offset) AS reached, max(newest_at) AS event, "
        "max(written_at) AS written FROM pipeline_progress GROUP BY stream, partition) GROUP BY stream ORDER BY stream"
    )


def dead() -> str:
    return "SELECT file_kind AS kind, count() AS lines FROM dead_letter FINAL GROUP BY kind ORDER BY lines DESC, kind"


def reasons() -> str:
    return placed(
        "SELECT file_kind AS kind, reason, count() AS lines FROM dead_letter FINAL GROUP BY kind, reason "
        "ORDER BY lines DESC, kind, reason LIMIT 20"
    )


def looks() -> str:
    """One row: how many seconds ago somebody looked at the thresholds, and at how many."""
    return placed(
        f"SELECT if(count() = 0, NULL, dateDiff('second', max(at), {NOW})) AS age, argMax(alerts, at) AS watched "
        "FROM alert_look FINAL WHERE at <= $__toTime"
    )


def overdue(*, some_agencies: bool) -> str:
    """One row: of the province, or of the agencies chosen on the board."""
    where = f" WHERE {chosen()}" if some_agencies else ""
    return placed(f"SELECT toInt64(sum(late)) AS overdue FROM ({_late()}){where}")


def overdue_by_agency() -> str:
    return placed(
        f"SELECT agency, names.name AS name, late FROM ({_late()}) AS counted "
        f"LEFT JOIN ({NAMES}) AS names USING (agency) WHERE {chosen()} ORDER BY late DESC, agency"
    )


def _late() -> str:
    """Due before the end of the range, and open."""
    due = f"{OPEN} AND due_at < {NOW}"
    return (
        f"SELECT agency, count() AS late FROM dossier FINAL WHERE {due} "
        f"AND dossier NOT IN ({ended_among(due)}) GROUP BY agency"
    )


def open_alerts() -> str:
    """As nhip's evaluator left them: what has fired and is not over, the worst first."""
    return placed(
        "SELECT threshold, agency, level, shown, toDateTime(since) AS since FROM (SELECT alert, "
        "argMax(threshold, number) AS threshold, argMax(agency, number) AS agency, argMax(level, number) AS level, "
        "argMax(kind, number) AS kind, argMaxIf(shown, number, shown != '') AS shown, argMax(since, number) AS since "
        "FROM alert_transition FINAL WHERE at <= $__toTime GROUP BY alert) "
        "WHERE level > 0 AND kind != 'resolved' ORDER BY level DESC, since, threshold, agency LIMIT 200"
    )


def in_force() -> str:
    columns = "subject, over, direction, agency, tier, warn, act, least, actor, why, toDateTime(valid_from) AS since"
    return placed(f"SELECT {columns} FROM threshold_limit WHERE {LIMITS} ORDER BY subject, agency, tier, over")


def noisiest() -> str:
    return placed(
        "SELECT threshold, count() AS fired FROM alert_transition FINAL WHERE kind = 'fired' "
        f"AND at > {NOW} - INTERVAL 30 DAY AND at <= $__toTime GROUP BY threshold "
        "ORDER BY fired DESC, threshold LIMIT 10"
    )


def history() -> str:
    return placed(
        "SELECT toDateTime(at) AS time, kind AS what, level, threshold, agency, shown FROM alert_transition FINAL "
        f"WHERE {IN_RANGE.format(at='at')} ORDER BY at DESC, number DESC LIMIT 200"
    )


def services() -> str:
    """Services with dossiers, of the chosen fields and agencies: code, name, field, received, received_online."""
    counted = relation(Basis.CELLS, f"day BETWEEN {FIRST} AND {LAST} AND agency IN {{agencies:Array(String)}}")
    newest = f"SELECT * FROM service FINAL WHERE valid_from <= {LAST} ORDER BY valid_from DESC LIMIT 1 BY procedure"
    return placed(
        "SELECT counted.procedure AS procedure, newest.name AS name, "
        "ifNull(newest.field_name, newest.field) AS field, "
        "counted.received AS received, counted.online AS received_online "
        f"FROM (SELECT procedure, sum(received) AS received, sum(received_online) AS online FROM ({counted}) "
        f"GROUP BY procedure) AS counted LEFT JOIN ({newest}) AS newest USING (procedure) "
        "WHERE counted.received > 0 AND "
        "$__conditionalAll(ifNull(newest.field, '') IN (${field:singlequote}), $field) "
        "ORDER BY received DESC, procedure LIMIT 1000"
    )


def agencies() -> str:
    """For the variable: value, then label, in the order of the tree, deeper ones further in."""
    label = "concat(repeat('· ', depth), ifNull(name, agency), ' (', agency, ')')"
    return placed(f"""
        WITH RECURSIVE parents AS (SELECT agency, ifNull(parent, '') AS parent, name FROM agency FINAL
            ORDER BY agency, valid_from DESC LIMIT 1 BY agency),
        tree AS (SELECT agency, name, [agency] AS path, 0 AS depth FROM parents
                WHERE parent NOT IN (SELECT agency FROM parents)
            UNION ALL SELECT parents.agency AS agency, parents.name AS name,
                arrayConcat(tree.path, [parents.agency]) AS path, tree.depth + 1 AS depth
            FROM parents INNER JOIN tree ON parents.parent = tree.agency WHERE tree.depth < {DEEPEST})
        SELECT agency AS value, {label} AS label FROM tree ORDER BY path""")


def fields() -> str:
    """For the variable: value, then label."""
    return (
        "SELECT field AS value, any(ifNull(field_name, field)) AS label FROM service FINAL "
        "WHERE field IS NOT NULL GROUP BY field ORDER BY label"
    )


def thresholds_changed() -> str:
    return placed(
        "SELECT toDateTime(at) AS time, id AS title, concat(what, ': ', why) AS text, actor AS tags FROM threshold "
        f"WHERE {IN_RANGE.format(at='at')} ORDER BY time"
    )


def holidays(lang: Lang) -> str:
    return placed(
        f"SELECT toDateTime(day, '{CIVIL_SQL_ZONE}') AS time, toDateTime(day + 1, '{CIVIL_SQL_ZONE}') AS timeEnd, "
        f"name AS title, '' AS text, '' AS tags FROM (SELECT day, argMax(kind, version) AS kind, "
        f"argMax(name_{lang}, version) AS name FROM calendar_day WHERE day BETWEEN {FIRST} AND {LAST} GROUP BY day) "
        "WHERE kind = 'off' ORDER BY time"
    )


def deployments() -> str:
    return placed(
        "SELECT toDateTime(applied_at) AS time, concat('nhip ', toString(number)) AS title, name AS text, '' AS tags "
        f"FROM schema_migration FINAL WHERE {IN_RANGE.format(at='applied_at')} ORDER BY time"
    )


def breaks(lang: Lang) -> str:
    rows = ", ".join(
        f"tuple(toDate32('{day}'), {text(title)}, {text(why)})" for day, title, why in sorted(set(_breaks(lang)))
    )
    return placed(
        f"SELECT toDateTime(row.1, '{CIVIL_SQL_ZONE}') AS time, row.2 AS title, row.3 AS text, '' AS tags "
        f"FROM (SELECT arrayJoin([{rows}]) AS row) WHERE row.1 BETWEEN {FIRST} AND {LAST} ORDER BY time, title"
    )


def _breaks(lang: Lang) -> Iterator[tuple[str, str, str]]:
    yield REFORM.isoformat(), pick(Break(REFORM, Why.REFORM).reason, lang), ""
    for kpi in CATALOGUE:
        for each in definition(kpi):
            yield each.day.isoformat(), pick(kpi.title, lang), pick(each.reason, lang)

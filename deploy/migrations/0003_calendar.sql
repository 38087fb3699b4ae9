-- The working calendar. Rows are only ever added: of each day (of each first day, for hours) the newest version holds,
-- and the ones before it are the history. `actor` is who decided, `why` the decision or its source.
-- kind: off, work, half-morning (works in the morning only), half-afternoon, usual (as the week has it).
-- swap: the day that is worked instead, or is off instead. provisional: computed, and not yet decided by anyone.
CREATE TABLE IF NOT EXISTS calendar_day (
    day Date32,
    kind LowCardinality(String),
    swap Nullable(Date32),
    name_vi String,
    name_en String,
    why String,
    provisional Bool,
    actor LowCardinality(String),
    at DateTime64(3, 'UTC'),
    version UInt64
) ENGINE = MergeTree ORDER BY (day, version);

-- Working hours from a day on, in seconds after midnight.
CREATE TABLE IF NOT EXISTS calendar_hours (
    valid_from Date32,
    morning_from UInt32,
    morning_to UInt32,
    afternoon_from UInt32,
    afternoon_to UInt32,
    why String,
    actor LowCardinality(String),
    at DateTime64(3, 'UTC'),
    version UInt64
) ENGINE = MergeTree ORDER BY (valid_from, version);

INSERT INTO calendar_hours
SELECT '2000-01-01', 25200, 41400, 48600, 61200, 'mặc định: 7:00-11:30, 13:30-17:00', 'nhip', '2026-01-01 00:00:00', 1
WHERE (SELECT count() FROM calendar_hours) = 0;

-- One row of arrays by day, from 2000-01-01 to 2099-12-31 and one closed day more: working seconds that had passed when
-- the day began, and its hours (all 0 where closed). metrics/readings/working_sql.py looks moments up in it.
CREATE VIEW IF NOT EXISTS calendar_clock AS
WITH
    days AS (SELECT toDate32('2000-01-01') + number AS day, 1 AS one FROM numbers(36525)),
    decided AS (SELECT day, argMax(kind, version) AS kind FROM calendar_day GROUP BY day),
    changes AS (SELECT valid_from, 1 AS one,
            argMax((morning_from, morning_to, afternoon_from, afternoon_to), version) AS hours
        FROM calendar_hours GROUP BY valid_from),
    of_day AS (SELECT day, kind, hours,
            kind IN ('work', 'half-morning', 'half-afternoon') OR (kind IN ('', 'usual') AND toDayOfWeek(day) < 6) AS works,
            works AND kind != 'half-afternoon' AS morning, works AND kind != 'half-morning' AS afternoon
        FROM days LEFT JOIN decided USING (day) ASOF LEFT JOIN changes ON days.one = changes.one AND days.day >= changes.valid_from),
    opened AS (SELECT day, morning * hours.1 AS morning_from, morning * hours.2 AS morning_to,
            afternoon * hours.3 AS afternoon_from, afternoon * hours.4 AS afternoon_to
        FROM of_day ORDER BY day),
    whole AS (SELECT groupArray(morning_from) AS m0, groupArray(morning_to) AS m1,
            groupArray(afternoon_from) AS a0, groupArray(afternoon_to) AS a1
        FROM opened)
SELECT arrayPushFront(arrayCumSum(arrayMap((b, e, f, t) -> e - b + t - f, m0, m1, a0, a1)), 0) AS begun,
    arrayPushBack(m0, 0) AS morning_from, arrayPushBack(m1, 0) AS morning_to,
    arrayPushBack(a0, 0) AS afternoon_from, arrayPushBack(a1, 0) AS afternoon_to
FROM whole;

-- What the board said: the province's headline figures every minute, and how the data itself stood. `value` is exact, as
-- a fraction such as 19/20, empty where there was none; `away` says why nothing could be seen.
CREATE TABLE IF NOT EXISTS kpi_reading (
    subject LowCardinality(String),
    version UInt16,
    period LowCardinality(String),
    at DateTime64(3, 'UTC'),
    value String,
    whole String,
    away LowCardinality(String),
    shown String
) ENGINE = ReplacingMergeTree ORDER BY (subject, version, at) TTL toDateTime(at) + INTERVAL 400 DAY;

-- Each revision of a threshold as limits, from when to when it held: what Grafana's boards and rules read. A revision that
-- withdrew it has no subject. Limits of a rate are in percent.
CREATE VIEW IF NOT EXISTS threshold_limit AS
SELECT
    id, revision, actor, what, why,
    at AS valid_from,
    leadInFrame(at, 1, toDateTime64('2299-12-31 00:00:00', 3, 'UTC'))
        OVER (PARTITION BY id ORDER BY revision, at ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS valid_to,
    JSONExtractString(after, 'subject') AS subject,
    toUInt16(JSONExtractUInt(after, 'version')) AS kpi_version,
    JSONExtractString(after, 'measured') AS measured,
    JSONExtractString(after, 'over') AS over,
    JSONExtractString(after, 'direction') AS direction,
    JSONExtractString(after, 'agency') AS agency,
    JSONExtractString(after, 'tier') AS tier,
    toUInt64(JSONExtractUInt(after, 'least')) AS least,
    toFloat64OrNull(JSONExtractString(after, 'act')) AS act,
    toFloat64OrNull(JSONExtractString(after, 'warn')) AS warn
FROM threshold;

-- How many records of each stream were not in the store yet, as the watch over the thresholds saw it, about once a minute:
-- the store alone cannot know where Kafka's logs end. A row of 0 proves that all was in, also at night.
CREATE TABLE IF NOT EXISTS pipeline_lag (
    at DateTime64(3, 'UTC'),
    stream LowCardinality(String),
    records UInt64
) ENGINE = MergeTree ORDER BY at TTL toDateTime(at) + INTERVAL 90 DAY;

-- What the last look saw of every alert, as Grafana's rules read it; written where Grafana delivers (NHIP_ALERT_DELIVERY).
-- `breach_ratio` is above 1 exactly where the value is beyond the limit. `agency` is '' for the province.
CREATE TABLE IF NOT EXISTS alert_reading (
    alert String,
    level LowCardinality(String),
    subject LowCardinality(String),
    kpi_version UInt16,
    over LowCardinality(String),
    agency String,
    breach_ratio Float64,
    shown String,
    at DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree(at) ORDER BY (subject, kpi_version, alert, level);

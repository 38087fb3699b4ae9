-- The requests of a minute to a page, about a service or none (the empty text). `numbers` is the set that the counts
-- beside it follow from (metrics/request.py). `buckets` and `times` say how long people waited: how often each bucket.
CREATE TABLE IF NOT EXISTS request (
    at DateTime64(0, 'UTC'),
    page LowCardinality(String),
    procedure LowCardinality(String),
    numbers Array(UInt64),
    requests UInt32,
    failed UInt32,
    not_found UInt32,
    robots UInt32,
    buckets Array(UInt16),
    times Array(UInt32),
    version UInt64
) ENGINE = ReplacingMergeTree(version) ORDER BY (at, page, procedure)
SETTINGS min_bytes_for_wide_part = 134217728, min_age_to_force_merge_seconds = 600;

ALTER TABLE kpi_cell
    ADD COLUMN IF NOT EXISTS requests Int64,
    ADD COLUMN IF NOT EXISTS requests_failed Int64,
    ADD COLUMN IF NOT EXISTS requests_not_found Int64;

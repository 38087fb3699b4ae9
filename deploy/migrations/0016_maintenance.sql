-- Spans in which nobody is called: rows are only ever added, each with who, when and why; `after` is the span as it is
-- written, empty where it was removed. The newest revision holds.
CREATE TABLE IF NOT EXISTS alert_maintenance (
    id String,
    revision UInt32,
    at DateTime64(3, 'UTC'),
    actor String,
    what LowCardinality(String),
    before String,
    after String,
    why String
) ENGINE = MergeTree ORDER BY (id, revision, at);

-- What was promised: rows are only ever added, each with who, when, why, and the action before and after it (JSON,
-- empty before the first). Of each action the newest revision holds.
CREATE TABLE IF NOT EXISTS action (
    id String,
    revision UInt32,
    at DateTime64(3, 'UTC'),
    actor String,
    what LowCardinality(String),
    before String,
    after String,
    why String
) ENGINE = MergeTree ORDER BY (id, revision, at);

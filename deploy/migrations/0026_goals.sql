-- What the province itself wants figures to reach: rows are only ever added, each with who, when, why, and the goal
-- before and after it (JSON, empty where there was none or it was taken away). Of each goal the newest revision holds.
CREATE TABLE IF NOT EXISTS goal (
    id String,
    revision UInt32,
    at DateTime64(3, 'UTC'),
    actor String,
    what LowCardinality(String),
    before String,
    after String,
    why String
) ENGINE = MergeTree ORDER BY (id, revision, at);

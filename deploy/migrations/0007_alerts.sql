-- Thresholds: rows are only ever added, each with who, when, why, and what held before and after it (JSON, empty where
-- there was none, or where it was withdrawn). Of each threshold the newest revision holds.
CREATE TABLE IF NOT EXISTS threshold (
    id String,
    revision UInt32,
    at DateTime64(3, 'UTC'),
    actor String,
    what LowCardinality(String),
    before String,
    after String,
    why String
) ENGINE = MergeTree ORDER BY (id, revision, at);

-- How each alert stands: written where something is under way, so a quiet one costs nothing.
CREATE TABLE IF NOT EXISTS alert_state (
    alert String,
    version UInt64,
    state String
) ENGINE = ReplacingMergeTree(version) ORDER BY alert;

-- What happened to alerts. A row carries the state after it, so that both are written at once or not at all.
CREATE TABLE IF NOT EXISTS alert_transition (
    alert String,
    number UInt32,
    version UInt64,
    at DateTime64(3, 'UTC'),
    kind LowCardinality(String),
    episode UInt32,
    level UInt8,
    since Nullable(DateTime64(3, 'UTC')),
    tell Bool,
    cause LowCardinality(String),
    shown String,
    period String,
    actor String,
    threshold String,
    agency String,
    rule String,
    state String
) ENGINE = ReplacingMergeTree(version) ORDER BY (alert, number);

-- Somebody takes an open alert on, up to a level. The evaluator reads it; nobody but the evaluator writes states.
CREATE TABLE IF NOT EXISTS alert_acknowledgement (
    alert String,
    episode UInt32,
    level UInt8,
    at DateTime64(3, 'UTC'),
    actor String
) ENGINE = MergeTree ORDER BY (alert, episode, at);

-- What is to be sent and what became of it. `key` names the message for ever: who gets it twice can tell by it.
CREATE TABLE IF NOT EXISTS alert_message (
    key String,
    version UInt64,
    recipient LowCardinality(String),
    made_at DateTime64(3, 'UTC'),
    transitions Array(String),
    subject String,
    body String,
    outcome LowCardinality(String),
    attempts UInt16,
    due_at DateTime64(3, 'UTC'),
    said String
) ENGINE = ReplacingMergeTree(version) ORDER BY key;

-- Who evaluates: of those seen of late the one that began first. Both moments are the store's own clock.
CREATE TABLE IF NOT EXISTS alert_evaluator (
    holder String,
    began DateTime64(3, 'UTC'),
    seen DateTime64(3, 'UTC'),
    leaving Bool
) ENGINE = MergeTree ORDER BY (holder, seen) TTL toDateTime(seen) + INTERVAL 1 DAY;

-- The last look of each day and evaluator, so that people see whether anybody looks.
CREATE TABLE IF NOT EXISTS alert_look (
    holder String,
    day Date,
    at DateTime64(3, 'UTC'),
    alerts UInt32,
    seconds Float64
) ENGINE = ReplacingMergeTree(at) ORDER BY (day, holder);

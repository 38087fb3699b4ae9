-- Who may push records by HTTP. Of a token only its digest is kept. Each change is a row; the newest one holds.
CREATE TABLE IF NOT EXISTS board_token (
    name String,
    digest String,
    kinds Array(String),
    agencies Array(String),
    per_minute UInt32,
    made_at DateTime('UTC'),
    revoked Bool,
    version UInt64
) ENGINE = ReplacingMergeTree(version) ORDER BY name;

-- What the board itself keeps. Tables that begin with `board_` are hidden from the store's reader (Grafana, BI tools).
-- An account is a post: a login name and a title, nothing personal. Each change is a row; the newest one holds.
CREATE TABLE IF NOT EXISTS board_account (
    name String,
    title String,
    role LowCardinality(String),
    password String,
    session_version UInt32,
    disabled Bool,
    version UInt64
) ENGINE = ReplacingMergeTree(version) ORDER BY name;

-- Sessions that were logged out before they ran out by themselves.
CREATE TABLE IF NOT EXISTS board_session_end (
    session String,
    until DateTime('UTC')
) ENGINE = MergeTree ORDER BY session TTL until;

-- Only ever added to. `account` is whom it concerns, `actor` who did it; `address` is cut to its network.
CREATE TABLE IF NOT EXISTS board_event (
    at DateTime64(3, 'UTC'),
    what LowCardinality(String),
    account String,
    actor String,
    detail String,
    address String
) ENGINE = MergeTree ORDER BY at;

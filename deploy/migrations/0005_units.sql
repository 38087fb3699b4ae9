-- Who took over from whom. An import replaces all links: only rows of the newest version hold.
CREATE TABLE IF NOT EXISTS unit_succession (
    predecessor String,
    successor String,
    day Date32,
    share Decimal(7, 6),
    version UInt64
) ENGINE = MergeTree ORDER BY (version, predecessor, successor, day);

-- Other ways to write an agency's code (legacy, UUID, name), dated. Replaced as a whole, too.
CREATE TABLE IF NOT EXISTS unit_alias (
    agency String,
    written String,
    valid_from Nullable(Date32),
    valid_to Nullable(Date32),
    version UInt64
) ENGINE = MergeTree ORDER BY (version, agency, written);

-- A table that has been replaced by an empty one has no row of its newest version: the versions are kept apart.
CREATE TABLE IF NOT EXISTS unit_import (
    what LowCardinality(String),
    file String,
    number UInt32,
    at DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC'),
    version UInt64
) ENGINE = MergeTree ORDER BY (what, version);

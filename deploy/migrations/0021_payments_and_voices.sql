-- When a transaction was first refunded, and cells without what was. What was written before this knew of no refunds.
ALTER TABLE payment ADD COLUMN IF NOT EXISTS refunded_at Nullable(DateTime64(0, 'UTC'));
ALTER TABLE kpi_cell
    ADD COLUMN IF NOT EXISTS paid_net Int64 DEFAULT paid,
    ADD COLUMN IF NOT EXISTS refunded Int64;

-- What people say of a dossier's handling, by question: a set of (dossier, question, moment). No text, no person.
CREATE TABLE IF NOT EXISTS rating (
    dossier String,
    question LowCardinality(String),
    at DateTime64(0, 'UTC'),
    grade LowCardinality(String),
    version UInt64
) ENGINE = ReplacingMergeTree(version) ORDER BY (dossier, question, at);

-- Petitions (phản ánh, kiến nghị): what became of them and when; not what they say, nor who says it.
CREATE TABLE IF NOT EXISTS petition (
    petition String,
    agency LowCardinality(Nullable(String)),
    procedure LowCardinality(Nullable(String)),
    dossier Nullable(String),
    about LowCardinality(Nullable(String)),
    received_at Nullable(DateTime64(0, 'UTC')),
    handled_at Nullable(DateTime64(0, 'UTC')),
    handled LowCardinality(Nullable(String)),
    published_at Nullable(DateTime64(0, 'UTC')),
    likes Nullable(String),
    dislikes Nullable(String),
    repeated LowCardinality(Nullable(String)),
    version UInt64
) ENGINE = ReplacingMergeTree(version) ORDER BY petition;

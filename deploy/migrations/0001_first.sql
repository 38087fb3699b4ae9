-- min_bytes_for_wide_part: a batch is written as one file instead of some fifty, which more than halves the cost of an
-- insert; merged parts grow beyond it and become columns again.
-- min_age_to_force_merge_seconds: one merged part makes FINAL nearly free (a year of 1.3 million cells: 4 times faster).
-- Facts, cells and reference data. A row of a ReplacingMergeTree(version) is a pure function of a prefix of its
-- partition's log; version is that prefix's length (last offset + 1), so the highest one is the newest truth.
CREATE TABLE IF NOT EXISTS dossier (
    dossier String,
    agency LowCardinality(String),
    procedure LowCardinality(Nullable(String)),
    channel LowCardinality(Nullable(String)),
    applicant LowCardinality(Nullable(String)),
    submitted_at Nullable(DateTime64(0, 'UTC')),
    recorded_received_at Nullable(DateTime64(0, 'UTC')),
    due_at Nullable(DateTime64(0, 'UTC')),
    status LowCardinality(Nullable(String)),
    recorded_finished_at Nullable(DateTime64(0, 'UTC')),
    recorded_returned_at Nullable(DateTime64(0, 'UTC')),
    return_way LowCardinality(Nullable(String)),
    paid_online LowCardinality(Nullable(String)),
    digitised LowCardinality(Nullable(String)),
    supplements Nullable(String),
    step_received_at Nullable(DateTime64(0, 'UTC')),
    step_processed_at Nullable(DateTime64(0, 'UTC')),
    step_returned_at Nullable(DateTime64(0, 'UTC')),
    received_at Nullable(DateTime64(0, 'UTC')),
    resolved_at Nullable(DateTime64(0, 'UTC')),
    version UInt64
) ENGINE = ReplacingMergeTree(version) ORDER BY dossier SETTINGS min_bytes_for_wide_part = 134217728;

-- The steps of a dossier are a set of (moment, status): inserting one twice changes nothing.
CREATE TABLE IF NOT EXISTS step (
    dossier String,
    at DateTime64(0, 'UTC'),
    status LowCardinality(String),
    unit LowCardinality(Nullable(String)),
    started_at Nullable(DateTime64(0, 'UTC')),
    step_due_at Nullable(DateTime64(0, 'UTC')),
    version UInt64
) ENGINE = ReplacingMergeTree(version) ORDER BY (dossier, at, status) SETTINGS min_bytes_for_wide_part = 134217728;

CREATE TABLE IF NOT EXISTS payment (
    transaction String,
    amount Nullable(String),
    gateway LowCardinality(Nullable(String)),
    paid_at Nullable(DateTime64(0, 'UTC')),
    payer Nullable(String),
    dossier Nullable(String),
    agency LowCardinality(Nullable(String)),
    version UInt64
) ENGINE = ReplacingMergeTree(version) ORDER BY transaction SETTINGS min_bytes_for_wide_part = 134217728;

CREATE TABLE IF NOT EXISTS kpi_cell (
    stream LowCardinality(String),
    partition UInt16,
    day Date32,
    agency LowCardinality(String),
    procedure LowCardinality(String),
    channel LowCardinality(String),
    received Int64,
    received_online Int64,
    resolved_with_due Int64,
    resolved_on_time Int64,
    paid Int64,
    version UInt64
) ENGINE = ReplacingMergeTree(version) ORDER BY (stream, partition, day, agency, procedure, channel)
SETTINGS min_bytes_for_wide_part = 134217728, min_age_to_force_merge_seconds = 600;

CREATE TABLE IF NOT EXISTS service (
    procedure String,
    valid_from Date32,
    valid_to Nullable(Date32),
    name Nullable(String),
    field LowCardinality(Nullable(String)),
    field_name LowCardinality(Nullable(String)),
    authority LowCardinality(Nullable(String)),
    level LowCardinality(Nullable(String)),
    has_fee LowCardinality(Nullable(String)),
    one_stop LowCardinality(Nullable(String)),
    interlinked LowCardinality(Nullable(String)),
    electronic_process LowCardinality(Nullable(String)),
    by_post LowCardinality(Nullable(String)),
    version UInt64
) ENGINE = ReplacingMergeTree(version) ORDER BY (procedure, valid_from);

CREATE TABLE IF NOT EXISTS agency (
    agency String,
    valid_from Date32,
    valid_to Nullable(Date32),
    name Nullable(String),
    parent Nullable(String),
    tier LowCardinality(Nullable(String)),
    version UInt64
) ENGINE = ReplacingMergeTree(version) ORDER BY (agency, valid_from);

CREATE TABLE IF NOT EXISTS dead_letter (
    file_kind LowCardinality(String),
    source String,
    line UInt64,
    reason String,
    version UInt64
) ENGINE = ReplacingMergeTree(version) ORDER BY (source, line);

-- How far each partition has been written, and the newest moment in it: both only ever grow.
CREATE TABLE IF NOT EXISTS pipeline_progress (
    stream LowCardinality(String),
    partition UInt16,
    next_offset SimpleAggregateFunction(max, UInt64),
    newest_at SimpleAggregateFunction(max, Nullable(DateTime64(0, 'UTC'))),
    written_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')) DEFAULT now64(3, 'UTC')
) ENGINE = AggregatingMergeTree ORDER BY (stream, partition);

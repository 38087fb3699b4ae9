-- Periods as they were closed. Rows are only ever added: none is replaced, changed or taken away.
-- The row of `period_close` is written last and makes the others count; rows of a close that it does not name were left
-- by an attempt that did not come to its end. Of two closes of one period the first that was written is the one.
CREATE TABLE IF NOT EXISTS period_close (
    close UUID,
    period String,
    at DateTime64(3, 'UTC'),
    who String,
    why String,
    written_at DateTime64(6, 'UTC') DEFAULT now64(6, 'UTC')
) ENGINE = MergeTree ORDER BY (period, written_at);

-- Every figure as it was read, in the order in which it was read: JSON as `nhip kpi --json` prints it.
-- `agency` is '' for the province, else one that has others below it: what stands alone is its row of the list.
-- `dimension` is '' for a figure that is no row of a list, and 'nobody' for those of an agency that counts nothing.
CREATE TABLE IF NOT EXISTS closed_figure (
    close UUID,
    agency String,
    dimension LowCardinality(String),
    place UInt32,
    figure String CODEC(ZSTD)
) ENGINE = MergeTree ORDER BY (close, agency, dimension, place);

-- The tree as it stood: an agency's figure counts these agencies. One that is not here was its own whole tree.
CREATE TABLE IF NOT EXISTS closed_agency (
    close UUID,
    agency String,
    below Array(String)
) ENGINE = MergeTree ORDER BY (close, agency);

-- What each figure counted, so that it can be said later why one has changed. `whole` names the definitions in whose
-- denominator it was, `counted` those in whose numerator; `amounts` has for each of `counted` the number that was summed
-- or ranked, such as seconds, and 0 where things are only counted.
CREATE TABLE IF NOT EXISTS closed_dossier (
    close UUID,
    dossier String,
    agency LowCardinality(String),
    procedure LowCardinality(Nullable(String)),
    channel LowCardinality(Nullable(String)),
    received_at Nullable(DateTime64(0, 'UTC')),
    due_at Nullable(DateTime64(0, 'UTC')),
    resolved_at Nullable(DateTime64(0, 'UTC')),
    whole Array(LowCardinality(String)),
    counted Array(LowCardinality(String)),
    amounts Array(Int64)
) ENGINE = MergeTree ORDER BY (close, dossier) SETTINGS min_bytes_for_wide_part = 134217728;

CREATE TABLE IF NOT EXISTS closed_payment (
    close UUID,
    transaction String,
    dossier Nullable(String),
    agency LowCardinality(Nullable(String)),
    paid_at Nullable(DateTime64(0, 'UTC')),
    whole Array(LowCardinality(String)),
    counted Array(LowCardinality(String)),
    amounts Array(Int64)
) ENGINE = MergeTree ORDER BY (close, transaction) SETTINGS min_bytes_for_wide_part = 134217728;

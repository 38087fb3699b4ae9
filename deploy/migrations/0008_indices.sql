-- Yearly indices that others publish (PAR INDEX, SIPAS, PAPI, PCI). Imported, never computed.
CREATE TABLE IF NOT EXISTS index_score (
    name LowCardinality(String),
    unit String,
    year UInt16,
    tier LowCardinality(String),
    score Nullable(Decimal(9, 4)),
    self_score Nullable(Decimal(9, 4)),
    rank Nullable(UInt16),
    ranked_of Nullable(UInt16),
    source String,
    version UInt64
) ENGINE = ReplacingMergeTree(version) ORDER BY (name, unit, year);

-- The criteria of one index, unit and year are imported together: those of its newest version hold.
CREATE TABLE IF NOT EXISTS index_criterion (
    name LowCardinality(String),
    unit String,
    year UInt16,
    criterion String,
    title String,
    points Decimal(9, 4),
    maximum Decimal(9, 4),
    kpis Array(String),
    version UInt64
) ENGINE = MergeTree ORDER BY (name, unit, year, version, criterion);

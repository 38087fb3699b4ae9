-- What the national portal says of the province's dossiers: its own exports, imported, never mixed with our facts.
-- The row of `national_import` is written last and makes its dossiers count. An export covers the days of reception from
-- covers_from to covers_to; of each day the newest import that covers it holds, as a whole. `carries` are the columns
-- that the file had: of the others nothing is known, which is not the same as empty.
CREATE TABLE IF NOT EXISTS national_import (
    filename String,
    digest String,
    covers_from Date32,
    covers_to Date32,
    taken_on Date32,
    carries Array(LowCardinality(String)),
    dossiers UInt64,
    at DateTime64(3, 'UTC'),
    version UInt64
) ENGINE = MergeTree ORDER BY version;

-- `day` is the civil day of reception, else of submission. `local_code` is the province's code of it, where that is said.
CREATE TABLE IF NOT EXISTS national_dossier (
    dossier String,
    local_code Nullable(String),
    unit LowCardinality(Nullable(String)),
    day Date32,
    procedure LowCardinality(Nullable(String)),
    channel LowCardinality(Nullable(String)),
    submitted_at Nullable(DateTime64(0, 'UTC')),
    received_at Nullable(DateTime64(0, 'UTC')),
    due_at Nullable(DateTime64(0, 'UTC')),
    status LowCardinality(Nullable(String)),
    resolved_at Nullable(DateTime64(0, 'UTC')),
    paid_online LowCardinality(Nullable(String)),
    digitised LowCardinality(Nullable(String)),
    synced_at Nullable(DateTime64(0, 'UTC')),
    version UInt64
) ENGINE = MergeTree ORDER BY (version, dossier);

-- The dossiers as the exports that hold say them, one row for each code.
CREATE VIEW IF NOT EXISTS national_record AS
WITH (SELECT groupArray((version, covers_from, covers_to)) FROM national_import) AS imports
SELECT one.*, about.carries AS carries
FROM (
    SELECT * FROM national_dossier
    WHERE version = arrayMax(arrayMap(each -> if(day BETWEEN each.2 AND each.3, each.1, 0), imports))
    ORDER BY version DESC LIMIT 1 BY dossier
) AS one
INNER JOIN national_import AS about ON about.version = one.version;

-- Figures as the portal publishes them: of each indicator, period and unit, each day of publication is kept.
CREATE TABLE IF NOT EXISTS national_figure (
    period String,
    unit String,
    indicator LowCardinality(String),
    published_on Date32,
    numerator Nullable(Decimal(18, 4)),
    denominator Nullable(Decimal(18, 4)),
    value Nullable(Decimal(18, 6)),
    points Nullable(Decimal(9, 4)),
    flags String,
    version UInt64
) ENGINE = ReplacingMergeTree(version) ORDER BY (period, unit, indicator, published_on);

-- Whose dossier a record of the portal is (`code`): by the province's code where the export says it, else by its own,
-- else where both sides have exactly one left over with that procedure and moment of reception. A second record of one
-- dossier is nobody's (''): the portal counts it twice.
CREATE VIEW IF NOT EXISTS national_link AS
WITH
    (SELECT groupArray((covers_from, covers_to)) FROM national_import) AS covers,
    here_alone AS (
        SELECT procedure, received_at, any(dossier) AS alike_here FROM dossier FINAL
        WHERE notEmpty(covers) AND dossier NOT IN (SELECT ifNull(local_code, dossier) FROM national_record)
            AND arrayExists(one -> ifNull(toDate32(received_at, 'Etc/GMT-7') BETWEEN one.1 AND one.2, 0), covers)
            AND procedure IS NOT NULL AND ifNull(formatDateTime(received_at, '%H%i%S', 'Etc/GMT-7') != '000000', 0)
        GROUP BY procedure, received_at HAVING count() = 1
    ),
    there_alone AS (
        SELECT procedure, received_at, any(dossier) AS alike_there FROM national_record
        WHERE local_code IS NULL AND dossier NOT IN (SELECT dossier FROM dossier) AND procedure IS NOT NULL AND received_at IS NOT NULL
        GROUP BY procedure, received_at HAVING count() = 1
    ),
    alike AS (SELECT alike_here, alike_there FROM here_alone INNER JOIN there_alone USING (procedure, received_at)),
    meaning AS (
        SELECT record.*, multiIf(record.local_code IS NOT NULL, assumeNotNull(record.local_code),
            record.dossier IN (SELECT dossier FROM dossier), record.dossier,
            alike.alike_here != '', alike.alike_here, record.dossier) AS meant
        FROM national_record AS record LEFT JOIN alike ON record.dossier = alike.alike_there
    )
SELECT *, if(row_number() OVER (PARTITION BY meant ORDER BY dossier != meant, dossier) = 1, meant, '') AS code
FROM meaning;

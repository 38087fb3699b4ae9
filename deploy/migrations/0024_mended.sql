-- A dead letter whose line was read in the end stays, so that its later version hides it: FINAL gives those that are open.
DROP TABLE IF EXISTS dead_letter_next;

CREATE TABLE dead_letter_next (
    file_kind LowCardinality(String),
    source String,
    line UInt64,
    reason String,
    mended UInt8 DEFAULT 0,
    version UInt64
) ENGINE = ReplacingMergeTree(version, mended) ORDER BY (source, line);

INSERT INTO dead_letter_next (file_kind, source, line, reason, version)
SELECT file_kind, source, line, reason, version FROM dead_letter;

EXCHANGE TABLES dead_letter AND dead_letter_next;

INSERT INTO dead_letter (file_kind, source, line, reason, version)
SELECT file_kind, source, line, reason, version FROM dead_letter_next;

DROP TABLE dead_letter_next;

-- Few rows between two marks, and small blocks: whoever looks up some codes unpacks what lies around each of them and
-- not 8,192 rows of every column. The worker does so for each batch, lists and pages of single dossiers at each click.
-- Reading all of a table costs a tenth more (docs/bench.md). Copied as in 0009: a row copied twice is one row
-- when it is read, and after the merge that is asked for here is stored once, too.
-- A dossier's payments are found by an index, since payments lie by transaction.
CREATE TABLE IF NOT EXISTS dossier_next AS dossier ENGINE = ReplacingMergeTree(version) ORDER BY dossier
SETTINGS index_granularity = 512, min_compress_block_size = 8192, max_compress_block_size = 16384,
    min_bytes_for_wide_part = 134217728;

INSERT INTO dossier_next SELECT * FROM dossier SETTINGS min_insert_block_size_rows = 200000;

EXCHANGE TABLES dossier AND dossier_next;

INSERT INTO dossier SELECT * FROM dossier_next SETTINGS min_insert_block_size_rows = 200000;

DROP TABLE dossier_next;

OPTIMIZE TABLE dossier FINAL;

CREATE TABLE IF NOT EXISTS step_next AS step ENGINE = ReplacingMergeTree(version) ORDER BY (dossier, at, status)
SETTINGS index_granularity = 512, min_compress_block_size = 8192, max_compress_block_size = 16384,
    min_bytes_for_wide_part = 134217728;

INSERT INTO step_next SELECT * FROM step SETTINGS min_insert_block_size_rows = 200000;

EXCHANGE TABLES step AND step_next;

INSERT INTO step SELECT * FROM step_next SETTINGS min_insert_block_size_rows = 200000;

DROP TABLE step_next;

OPTIMIZE TABLE step FINAL;

CREATE TABLE IF NOT EXISTS kpi_cell_next AS kpi_cell ENGINE = ReplacingMergeTree(version)
ORDER BY (stream, day, agency, procedure, channel, partition)
SETTINGS index_granularity = 512, min_compress_block_size = 8192, max_compress_block_size = 16384,
    min_bytes_for_wide_part = 134217728, min_age_to_force_merge_seconds = 600;

INSERT INTO kpi_cell_next SELECT * FROM kpi_cell SETTINGS min_insert_block_size_rows = 200000;

EXCHANGE TABLES kpi_cell AND kpi_cell_next;

INSERT INTO kpi_cell SELECT * FROM kpi_cell_next SETTINGS min_insert_block_size_rows = 200000;

DROP TABLE kpi_cell_next;

OPTIMIZE TABLE kpi_cell FINAL;

ALTER TABLE payment ADD INDEX IF NOT EXISTS of_dossier dossier TYPE bloom_filter GRANULARITY 1;

ALTER TABLE payment MATERIALIZE INDEX of_dossier;

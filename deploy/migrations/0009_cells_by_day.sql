-- Cells lie by day first: the question of a month reads that month, and not a piece of every partition; what workers
-- write of today meets today's cells when it is merged or read, and leaves the years before alone.
-- The old order is copied, exchanged and copied once more, for what was written meanwhile. A row copied twice is one
-- row, since its version says so; the same if this is interrupted and done again.
CREATE TABLE IF NOT EXISTS kpi_cell_next AS kpi_cell ENGINE = ReplacingMergeTree(version)
ORDER BY (stream, day, agency, procedure, channel, partition)
SETTINGS min_bytes_for_wide_part = 134217728, min_age_to_force_merge_seconds = 600;

INSERT INTO kpi_cell_next SELECT * FROM kpi_cell SETTINGS min_insert_block_size_rows = 200000;

EXCHANGE TABLES kpi_cell AND kpi_cell_next;

INSERT INTO kpi_cell SELECT * FROM kpi_cell_next SETTINGS min_insert_block_size_rows = 200000;

DROP TABLE kpi_cell_next;

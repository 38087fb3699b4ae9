-- Dossiers with a step that is more than received, worked on, processed or returned: one in some dozens. Who asks for
-- such courses, or for dossiers that have ended without a result, looks here first, and then at those dossiers' steps.
-- A code too many would cost a look and change nothing; none is missing, as every inserted step passes the view.
CREATE TABLE IF NOT EXISTS turned (dossier String) ENGINE = ReplacingMergeTree ORDER BY dossier;

CREATE MATERIALIZED VIEW IF NOT EXISTS turned_by_step TO turned AS
SELECT DISTINCT dossier FROM step WHERE status IN ('1', '3', '5', '6', '7', '8');

INSERT INTO turned SELECT DISTINCT dossier FROM step WHERE status IN ('1', '3', '5', '6', '7', '8');

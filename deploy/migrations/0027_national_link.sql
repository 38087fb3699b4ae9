-- As in 0020, but of our dossiers only those are looked up that the portal's records name: a set of all of them does not
-- fit beside a question at some million dossiers.
CREATE OR REPLACE VIEW national_link AS
WITH
    (SELECT groupArray((covers_from, covers_to)) FROM national_import) AS covers,
    named AS (SELECT dossier FROM dossier WHERE dossier IN (SELECT dossier FROM national_record)),
    here_alone AS (
        SELECT procedure, received_at, any(dossier) AS alike_here FROM dossier FINAL
        WHERE notEmpty(covers) AND dossier NOT IN (SELECT ifNull(local_code, dossier) FROM national_record)
            AND arrayExists(one -> ifNull(toDate32(received_at, 'Etc/GMT-7') BETWEEN one.1 AND one.2, 0), covers)
            AND procedure IS NOT NULL AND ifNull(formatDateTime(received_at, '%H%i%S', 'Etc/GMT-7') != '000000', 0)
        GROUP BY procedure, received_at HAVING count() = 1
    ),
    there_alone AS (
        SELECT procedure, received_at, any(dossier) AS alike_there FROM national_record
        WHERE local_code IS NULL AND dossier NOT IN (SELECT dossier FROM named) AND procedure IS NOT NULL AND received_at IS NOT NULL
        GROUP BY procedure, received_at HAVING count() = 1
    ),
    alike AS (SELECT alike_here, alike_there FROM here_alone INNER JOIN there_alone USING (procedure, received_at)),
    meaning AS (
        SELECT record.*, multiIf(record.local_code IS NOT NULL, assumeNotNull(record.local_code),
            record.dossier IN (SELECT dossier FROM named), record.dossier,
            alike.alike_here != '', alike.alike_here, record.dossier) AS meant
        FROM national_record AS record LEFT JOIN alike ON record.dossier = alike.alike_there
    )
SELECT *, if(row_number() OVER (PARTITION BY meant ORDER BY dossier != meant, dossier) = 1, meant, '') AS code
FROM meaning;

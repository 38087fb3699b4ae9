-- Lists of what is due soon skip what is not: dossiers of one agency and month lie together, and so do the days that
-- they are due. Of a nullable column the index would take what is unknown for the greatest; unknown is 1970 here.
ALTER TABLE dossier ADD INDEX IF NOT EXISTS due assumeNotNull(due_at) TYPE minmax GRANULARITY 1;

ALTER TABLE dossier MATERIALIZE INDEX due;

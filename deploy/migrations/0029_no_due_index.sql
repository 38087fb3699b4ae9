-- What is due soon is taken from the open dossiers that the board holds; nothing asks for the index any more.
ALTER TABLE dossier DROP INDEX IF EXISTS due;

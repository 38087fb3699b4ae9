-- Marks of the visitors who were served (metrics/visitors.py): a set, from which visits are estimated. Rows from before
-- have none.
ALTER TABLE request ADD COLUMN IF NOT EXISTS visitors Array(UInt64) AFTER numbers;

-- People's requests that were answered with 200-399: what the submission funnel counts. Of rows that were there before
-- it follows from their numbers (metrics/request.py), as all counts do.
ALTER TABLE request ADD COLUMN IF NOT EXISTS served UInt32
    DEFAULT arrayCount(n -> bitShiftRight(n, 54) BETWEEN 200 AND 399 AND bitTest(n, 43) = 0, numbers) AFTER robots;

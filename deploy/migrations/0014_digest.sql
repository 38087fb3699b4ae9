-- Digests as they were sent: rows are only ever added. `mail` is the whole letter but for who it is from and to, which
-- are no business of the store; `printed` the figures in it (JSON), so that a later issue can say what has changed.
CREATE TABLE IF NOT EXISTS digest_issue (
    period String,
    agency String,
    revision UInt16,
    made_at DateTime64(3, 'UTC'),
    subject String,
    changes Array(String),
    printed String,
    mail String CODEC(ZSTD(3))
) ENGINE = MergeTree ORDER BY (period, agency, revision, made_at);

-- Letters of apology for late dossiers (docs/input.md): a set of (dossier, moment), like steps.
CREATE TABLE IF NOT EXISTS apology (
    dossier String,
    sent_at DateTime64(0, 'UTC'),
    new_due_at Nullable(DateTime64(0, 'UTC')),
    version UInt64
) ENGINE = ReplacingMergeTree(version) ORDER BY (dossier, sent_at);

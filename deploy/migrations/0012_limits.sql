-- What a procedure's line may say beyond the contract (docs/input.md): 0 or 1, and time limits in working days.
ALTER TABLE service
    ADD COLUMN IF NOT EXISTS shared LowCardinality(Nullable(String)),
    ADD COLUMN IF NOT EXISTS within_level LowCardinality(Nullable(String)),
    ADD COLUMN IF NOT EXISTS between_levels LowCardinality(Nullable(String)),
    ADD COLUMN IF NOT EXISTS on_the_spot LowCardinality(Nullable(String)),
    ADD COLUMN IF NOT EXISTS time_cut LowCardinality(Nullable(String)),
    ADD COLUMN IF NOT EXISTS time_limit LowCardinality(Nullable(String)),
    ADD COLUMN IF NOT EXISTS time_limit_online LowCardinality(Nullable(String));

-- The due moment that was told first. Of dossiers that came before this column the one that is known is taken for it.
ALTER TABLE dossier ADD COLUMN IF NOT EXISTS first_due_at Nullable(DateTime64(0, 'UTC')) DEFAULT due_at;

-- Pages of the portal that are asked for from outside: how often, and how often they answered as expected.
ALTER TABLE request
    ADD COLUMN IF NOT EXISTS probes UInt32 AFTER robots,
    ADD COLUMN IF NOT EXISTS probes_answered UInt32 AFTER probes;

ALTER TABLE kpi_cell
    ADD COLUMN IF NOT EXISTS probes Int64,
    ADD COLUMN IF NOT EXISTS probes_answered Int64;

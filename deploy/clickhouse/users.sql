-- Who may do what in a ClickHouse of your own. Run once by its administrator, with the hashes of real passwords:
--   printf %s 'the password' | sha256sum
-- A new table is readable by itself; what begins with board_ (accounts, sessions, tokens) never is.
CREATE DATABASE IF NOT EXISTS nhip;

CREATE SETTINGS PROFILE IF NOT EXISTS nhip_writer SETTINGS
    async_insert = 0,
    insert_deduplicate = 0,
    insert_quorum = 'auto',
    insert_quorum_parallel = 0,
    select_sequential_consistency = 1,
    min_insert_block_size_rows = 4000000,
    min_insert_block_size_bytes = 0,
    max_insert_block_size = 4000000;

CREATE SETTINGS PROFILE IF NOT EXISTS nhip_reader SETTINGS
    readonly = 2,
    max_execution_time = 30,
    max_result_rows = 200000,
    max_memory_usage = 2000000000,
    max_threads = 4;

CREATE USER IF NOT EXISTS nhip IDENTIFIED WITH sha256_hash BY
    '0000000000000000000000000000000000000000000000000000000000000000' SETTINGS PROFILE 'nhip_writer';

CREATE USER IF NOT EXISTS nhip_reader IDENTIFIED WITH sha256_hash BY
    '0000000000000000000000000000000000000000000000000000000000000000' SETTINGS PROFILE 'nhip_reader';

CREATE USER IF NOT EXISTS nhip_grafana IDENTIFIED WITH sha256_hash BY
    '0000000000000000000000000000000000000000000000000000000000000000' SETTINGS PROFILE 'nhip_reader';

GRANT SELECT, INSERT, CREATE TABLE, CREATE VIEW, DROP TABLE, DROP VIEW, TRUNCATE, ALTER TABLE ON nhip.* TO nhip;

GRANT CREATE TEMPORARY TABLE, CLUSTER ON *.* TO nhip;

GRANT SELECT ON system.* TO nhip;

GRANT SELECT ON nhip.* TO nhip_reader, nhip_grafana;

REVOKE SELECT ON nhip.board_* FROM nhip_reader, nhip_grafana;

GRANT CREATE TEMPORARY TABLE ON *.* TO nhip_reader, nhip_grafana;

-- silver.compared_records
-- Grain: one row per current record that the last run resolved, in the order of record_key: what of it was compared, so that the next
-- run sees whether that is another now, and so that a record that is not in the lake yet can be compared with it.
CREATE TABLE silver.compared_records (
  entity TEXT,
  record_key BIGINT,
  -- hash of its evidence and of its blocking keys
  fingerprint BIGINT,
  -- what comparisons and rules look at, packed for c360 alone: the entity's letter, where the fields end, the fields
  evidence TEXT
) WITH (page_rows = 4096);

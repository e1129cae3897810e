-- silver.block_keys
-- Grain: one row per entity, blocking rule, block key and current record that has it, in this order: where a record that is not in
-- the lake yet finds those that it is compared with.
CREATE TABLE silver.block_keys (
  entity TEXT,
  rule TEXT,
  -- hash of what the records of a block have in common
  block_key BIGINT,
  record_key BIGINT
) WITH (page_rows = 4096);

-- silver.blocking_rules
-- Grain: one row per entity and blocking rule: what it brought in the last run, and what it did not.
CREATE TABLE silver.blocking_rules (
  entity TEXT,
  rule TEXT,
  -- compared: blocks of two records and more, the largest, the pairs in them
  blocks BIGINT,
  largest BIGINT,
  pairs BIGINT,
  -- pairs that no rule above it in this order brings, as of the last run that compared every pair
  added_pairs BIGINT,
  -- too large to be compared: what is lost, where no other rule brings it
  refused_blocks BIGINT,
  refused_records BIGINT,
  refused_pairs BIGINT,
  run_id TEXT
);

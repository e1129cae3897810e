-- silver.crosswalk
-- Grain: one row per (entity, source_system, source_record_id): which customer a current record belongs to.
CREATE TABLE silver.crosswalk (
  entity TEXT,
  source_system TEXT,
  source_record_id TEXT,
  customer_id TEXT,
  record_key BIGINT,
  run_id TEXT
);

-- silver.compared_records
-- Grain: one row per current record that the last run resolved: what of it was compared, so that the next run sees whether that
-- is another now.
CREATE TABLE silver.compared_records (
  entity TEXT,
  record_key BIGINT,
  -- hash of its evidence and of its blocking keys
  fingerprint BIGINT
);

-- silver.departed_records
-- Grain: one row per (entity, source_system, source_record_id) that is current no more, with the last customer it had: if
-- the record comes back, it comes back to that customer.
CREATE TABLE silver.departed_records (
  entity TEXT,
  source_system TEXT,
  source_record_id TEXT,
  customer_id TEXT,
  run_id TEXT
);

-- silver.customer_redirects
-- Grain: one row per customer_id that is no longer current: where it went (null: all its records were deleted).
CREATE TABLE silver.customer_redirects (
  entity TEXT,
  old_customer_id TEXT,
  new_customer_id TEXT,
  -- merged, deleted
  reason TEXT,
  redirected_at TIMESTAMP,
  run_id TEXT
);

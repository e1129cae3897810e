-- silver.customers
-- Grain: one row per customer_id of silver.crosswalk: does it count as a customer? (derived by `resolve`, by [customers] of c360.toml)
CREATE TABLE silver.customers (
  entity TEXT,
  customer_id TEXT,
  -- customer; prospect: none of its records may found a customer; out_of_scope: one may, and none is in scope.
  -- The id stays, whatever it is; only a customer has a golden row
  status TEXT,
  run_id TEXT
);

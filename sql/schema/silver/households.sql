-- silver.households
-- Grain: one row per person customer that shares a household with another (derived by `resolve`). Nobody is merged by it, and
-- whoever lives alone has no row.
CREATE TABLE silver.households (
  -- stays with the larger part when people join, leave or turn out to be one customer, as a customer_id does
  household_id TEXT,
  customer_id TEXT,
  -- what ties them to the others, comma-separated: address (and family name), email, phone
  evidence TEXT,
  run_id TEXT
);

-- gold.customer_relationships
-- Grain: one row per pair of customers and kind and role of relationship that a source states or an account link implies.
CREATE TABLE gold.customer_relationships (
  from_customer_id TEXT,
  to_customer_id TEXT,
  -- as the source states it; works_for where it follows from silver.account_links
  kind TEXT,
  role TEXT,
  valid_from TIMESTAMP,
  valid_to TIMESTAMP,
  source_system TEXT,
  -- the records that the statement names
  from_source_record_id TEXT,
  to_source_record_id TEXT,
  run_id TEXT
);

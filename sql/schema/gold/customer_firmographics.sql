-- gold.customer_firmographics
-- Grain: one row per customer that is an account and record of a firmographics feed about its own domain, see silver.accounts.
CREATE TABLE gold.customer_firmographics (
  customer_id TEXT,
  -- what the two have in common
  domain TEXT,
  legal_name TEXT,
  industry TEXT,
  employee_count BIGINT,
  annual_revenue DOUBLE,
  currency TEXT,
  -- ISO 3166-1 alpha-2
  country TEXT,
  -- further columns of the feed, as JSON
  attributes TEXT,
  source_system TEXT,
  source_record_id TEXT,
  updated_at TIMESTAMP,
  run_id TEXT
);

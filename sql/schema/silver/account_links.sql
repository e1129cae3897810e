-- silver.account_links
-- Grain: one row per current person record and the account customer it works for.
CREATE TABLE silver.account_links (
  person_record_key BIGINT,
  source_system TEXT,
  source_record_id TEXT,
  account_customer_id TEXT,
  -- account_id, email_domain, company_name
  rule TEXT,
  run_id TEXT
);

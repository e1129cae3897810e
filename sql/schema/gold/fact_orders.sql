-- gold.fact_orders
-- Grain: one row per current order of a source: its newest version, deleted ones left out.
CREATE TABLE gold.fact_orders (
  -- hash of (entity, source_system, source_record_id): findable for erasure
  record_key BIGINT,
  source_system TEXT,
  source_record_id TEXT,
  -- the account's where the row names an account, else the person's; null where the owner is not known
  customer_id TEXT,
  person_customer_id TEXT,
  -- the account that the row names, else the one that the person works for
  account_customer_id TEXT,
  -- how the owner was found: record, email, phone
  owner_rule TEXT,
  ordered_at TIMESTAMP,
  amount DOUBLE,
  -- ISO 4217, upper case
  currency TEXT,
  status TEXT,
  updated_at TIMESTAMP,
  -- JSON: further columns of the mapping under their own names
  attributes TEXT,
  source_file TEXT,
  source_row BIGINT,
  run_id TEXT
);

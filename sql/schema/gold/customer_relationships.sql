-- gold.customer_relationships
-- Grain: one row per pair of current customers, kind and role: what sources state, and what follows from their records where none
-- states it. A household is no such pair: see silver.households.
CREATE TABLE gold.customer_relationships (
  from_customer_id TEXT,
  to_customer_id TEXT,
  -- works_for (person → account), parent_of (account → account that belongs to it), same_group (account → the account with the
  -- shortest name of those that share its own domain and the first word of its name), and any other as the source states it
  kind TEXT,
  role TEXT,
  -- stated by a relationship feed; account_id, email_domain, company_name (see silver.account_links); parent_id, parent_lei,
  -- parent_duns; domain_and_name
  evidence TEXT,
  -- as stated; null of what follows from records: as long as they say so
  valid_from TIMESTAMP,
  valid_to TIMESTAMP,
  source_system TEXT,
  -- the records that the statement names, or that imply it
  from_source_record_id TEXT,
  to_source_record_id TEXT,
  run_id TEXT
);

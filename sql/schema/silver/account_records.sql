-- silver.account_records
-- Grain: one row per version of an account record of a source (append-only).
CREATE TABLE silver.account_records (
  -- hash of (entity, source_system, source_record_id): the integer key that plans join on
  record_key BIGINT,
  source_record_id TEXT,
  updated_at TIMESTAMP,
  is_deleted BOOLEAN,
  -- from the file's name, where it carries a date: settles versions without updated_at
  extracted_at TIMESTAMP,
  -- hash of the mapped row: the last tie-breaker, the same whatever the order of delivery
  row_hash BIGINT,
  legal_name TEXT,
  trading_name TEXT,
  tax_id TEXT,
  duns TEXT,
  lei TEXT,
  registration_number TEXT,
  website TEXT,
  -- from the website, else from the e-mail, free mail too: whose it is, silver.accounts says
  domain TEXT,
  email TEXT,
  phone TEXT,
  address_line1 TEXT,
  address_line2 TEXT,
  city TEXT,
  region TEXT,
  postcode TEXT,
  -- ISO 3166-1 alpha-2, only where the source states it
  country TEXT,
  industry TEXT,
  employee_count BIGINT,
  customer_number TEXT,
  -- the company that it belongs to: an account of the same source, and by its identifiers
  parent_id TEXT,
  parent_duns TEXT,
  parent_lei TEXT,
  -- match keys: folded, legal form stripped; null = missing
  name_key TEXT,
  -- phonetic code of name_key
  phonetic_key TEXT,
  address_key TEXT,
  -- Standardized, InvalidEmail, InvalidPhone, InvalidAddress, LegacySource …
  tags TEXT[],
  -- JSON: the mapped values before standardizing, by column
  original TEXT,
  -- JSON: further columns of the mapping under their own names
  attributes TEXT,
  -- provenance
  feed TEXT,
  source_system TEXT,
  source_role TEXT,
  source_file TEXT,
  source_row BIGINT,
  file_key TEXT,
  ingested_at TIMESTAMP,
  run_id TEXT
);

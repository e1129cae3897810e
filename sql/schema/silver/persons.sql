-- silver.persons
-- Grain: one row per current person record of a source: the newest version, deleted ones left out (derived by `resolve`).
CREATE TABLE silver.persons (
  -- hash of (entity, source_system, source_record_id): the integer key that plans join on
  record_key BIGINT,
  source_record_id TEXT,
  updated_at TIMESTAMP,
  is_deleted BOOLEAN,
  -- from the file's name, where it carries a date: settles versions without updated_at
  extracted_at TIMESTAMP,
  -- hash of the mapped row: the last tie-breaker, the same whatever the order of delivery
  row_hash BIGINT,
  full_name TEXT,
  given_name TEXT,
  middle_name TEXT,
  family_name TEXT,
  name_suffix TEXT,
  birth_date DATE,
  gender TEXT,
  -- the first valid one; all of them are rows of silver.contact_points
  email TEXT,
  phone TEXT,
  address_line1 TEXT,
  address_line2 TEXT,
  city TEXT,
  region TEXT,
  postcode TEXT,
  -- ISO 3166-1 alpha-2, only where the source states it
  country TEXT,
  customer_number TEXT,
  national_id TEXT,
  -- where it is sealed: what tells a slip of one character, for matching only
  national_id_near TEXT,
  tax_id TEXT,
  account_id TEXT,
  company_name TEXT,
  -- the e-mail's domain, where it is a company's: free mail and what a mail_domain feed calls anything but own are left out
  company_domain TEXT,
  verified_at TIMESTAMP,
  -- match keys: folded, for comparing only, never for output; null = missing
  name_key TEXT,
  given_key TEXT,
  family_key TEXT,
  company_key TEXT,
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

-- silver.addresses
-- Grain: one row per address of a record version (origin record) or of a row of an address feed (origin feed).
CREATE TABLE silver.addresses (
  -- person or account; null where the row names only a contact point
  owner_entity TEXT,
  owner_record_id TEXT,
  -- record key of the owner, see silver.person_records
  owner_key BIGINT,
  -- the contact point that the row names as its owner, standardized, and its contact key
  owner_email TEXT,
  owner_phone TEXT,
  origin TEXT,
  -- home, billing, delivery …
  kind TEXT,
  address_line1 TEXT,
  address_line2 TEXT,
  city TEXT,
  region TEXT,
  postcode TEXT,
  -- ISO 3166-1 alpha-2, as stated, else the project default
  country TEXT,
  is_country_stated BOOLEAN,
  address_key TEXT,
  -- the parts of the lines: a part that is not told is null
  recipient TEXT,
  house_number TEXT,
  -- with type and direction, without the number
  street TEXT,
  unit TEXT,
  po_box TEXT,
  suburb TEXT,
  -- ISO 3166-2, where the country is stated
  region_code TEXT,
  is_valid BOOLEAN,
  is_primary BOOLEAN,
  verified_at TIMESTAMP,
  original TEXT,
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

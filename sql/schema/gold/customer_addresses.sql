-- gold.customer_addresses
-- Grain: one row per customer and address that a current record states.
CREATE TABLE gold.customer_addresses (
  entity TEXT,
  customer_id TEXT,
  address_line1 TEXT,
  address_line2 TEXT,
  city TEXT,
  region TEXT,
  postcode TEXT,
  -- ISO 3166-1 alpha-2
  country TEXT,
  -- hash of all parts
  address_hash BIGINT,
  -- home, billing, delivery …, comma-separated where sources differ
  kinds TEXT,
  -- a source calls it primary
  is_primary BOOLEAN,
  -- survivorship chose it for dim_customer
  is_golden BOOLEAN,
  -- last time a source verified it
  verified_at TIMESTAMP,
  source_record_count BIGINT,
  source_systems TEXT,
  run_id TEXT
);

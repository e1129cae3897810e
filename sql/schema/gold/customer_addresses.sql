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
  -- the middle of the postcode by silver.postcodes: WGS 84, degrees, north and east positive
  latitude DOUBLE,
  longitude DOUBLE,
  -- postcode, or postcode_area where only its first part is listed
  location_precision TEXT,
  -- the city and region of the postcode by silver.postcodes, where it has but one
  postcode_city TEXT,
  postcode_region TEXT,
  run_id TEXT
);

-- silver.postcodes
-- Grain: one row per version of a place of a postcode, from a reference feed (append-only).
CREATE TABLE silver.postcodes (
  -- hash of (entity, source_system, source_record_id)
  record_key BIGINT,
  -- as stated, else made of what the row describes
  source_record_id TEXT,
  updated_at TIMESTAMP,
  is_deleted BOOLEAN,
  extracted_at TIMESTAMP,
  row_hash BIGINT,
  -- ISO 3166-1 alpha-2, as stated, else the project default
  country TEXT,
  -- in the form of its country, or its first part alone (a British outward code, a Canadian forward sortation area)
  postcode TEXT,
  city TEXT,
  region TEXT,
  -- WGS 84, degrees, north and east positive
  latitude DOUBLE,
  longitude DOUBLE,
  -- the mapped values as they came, JSON
  original TEXT,
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
